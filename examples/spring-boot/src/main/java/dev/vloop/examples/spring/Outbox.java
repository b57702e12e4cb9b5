package dev.vloop.examples.spring;

import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages that wait to be written. Requests put them in, and a loop writes them to the database. */
@Component
class Outbox {
    private final Queue<Message> waiting = new ConcurrentLinkedQueue<>();
    private final JdbcClient database;

    Outbox(JdbcClient database) {
        this.database = database;
    }

    /** The id keeps a message from being written twice if an attempt fails after it was written. */
    private record Message(String id, String text) {}

    void put(String text) {
        waiting.add(new Message(UUID.randomUUID().toString(), text));
    }

    /** Writes what waits. A message that cannot be written stays. */
    void writeAll() {
        for (Message message = waiting.peek(); message != null; message = waiting.peek()) {
            database.sql("insert into message(id, text) select :id, :text"
                            + " where not exists (select 1 from message where id = :id)")
                    .param("id", message.id)
                    .param("text", message.text)
                    .update();
            waiting.remove();
        }
    }

    long written() {
        return database.sql("select count(*) from message").query(Long.class).single();
    }
}
