package dev.vloop.examples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Messages that have arrived but are not written yet. One loop fetches them, another one writes them. Thread-safe. */
final class Batch {
    private final URI server;
    private final Store store;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private final List<Message> messages = new ArrayList<>();
    private long arrived;

    Batch(URI server, Store store) {
        this.server = server;
        this.store = store;
    }

    /** Fetches new messages. If the answer breaks off, nothing changes, and the next request asks for the same messages again. */
    int update() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "?after=" + arrived()))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the server answered " + response.statusCode());
        }
        List<Message> fetched = response.body().lines().map(Message::ofLine).toList();
        lock.lock();
        try {
            messages.addAll(fetched);
            arrived += fetched.size();
        } finally {
            lock.unlock();
        }
        return fetched.size();
    }

    /** Writes all messages in one transaction. If that fails, they stay here. */
    int flush(Duration patience) throws SQLException {
        List<Message> snapshot;
        lock.lock();
        try {
            snapshot = List.copyOf(messages);
        } finally {
            lock.unlock();
        }
        store.write(snapshot, patience);
        lock.lock();
        try {
            messages.subList(0, snapshot.size()).clear();
        } finally {
            lock.unlock();
        }
        return snapshot.size();
    }

    /** {@return the id of the last message that arrived, 0 for none} */
    long arrived() {
        lock.lock();
        try {
            return arrived;
        } finally {
            lock.unlock();
        }
    }
}
