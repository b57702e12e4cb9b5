package dev.vloop.examples.spring;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.stereotype.Component;

/** Messages that wait to be sent. Requests put them in, and a loop sends them. */
@Component
class Outbox {
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    void put(String message) {
        waiting.add(message);
    }

    /** Sends what waits. A message that cannot be sent stays. */
    void sendAll() throws IOException {
        for (String message = waiting.peek(); message != null; message = waiting.peek()) {
            if (message.isBlank()) {
                throw new IOException("the network does not like it");
            }
            sent.add(message);
            waiting.remove();
        }
    }

    List<String> sent() {
        return List.copyOf(sent);
    }
}
