package dev.vloop.examples;

import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A bot in virtual time, which writes down what it says and when. */
final class FakeBot implements Bot {
    private final TestLoops loops;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Deque<IOException> failures = new ArrayDeque<>();
    private final Map<String, Duration> times = new ConcurrentHashMap<>();

    FakeBot(TestLoops loops) {
        this.loops = loops;
    }

    /** {@return what was said, each with the seconds since the start before it} */
    List<String> said() {
        return List.copyOf(said);
    }

    /** Makes the next fetches fail, one for each cause. */
    void failsWith(IOException... causes) {
        Collections.addAll(failures, causes);
    }

    /** From now on, a fetch of this path takes that long. */
    FakeBot takes(String path, Duration time) {
        times.put(path, time);
        return this;
    }

    @Override
    public void awaitReady() throws InterruptedException {
        loops.clock().sleep(Duration.ofSeconds(3));
    }

    @Override
    public void print(Object text) {
        said.add(loops.elapsed().toSeconds() + " " + text);
    }

    @Override
    public List<String> guilds() {
        return List.of("chess", "cats", "java");
    }

    @Override
    public void greet(String guild) throws IOException {
        if (guild.equals("cats")) {
            throw new IOException("cats do not want to be greeted");
        }
        print("good morning, " + guild);
    }

    @Override
    public String fetch(String path) throws IOException, InterruptedException {
        loops.clock().sleep(times.getOrDefault(path, Duration.ZERO));
        IOException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return path + " is fine";
    }

    @Override
    public void shutdown() {
        print("disconnected");
    }
}
