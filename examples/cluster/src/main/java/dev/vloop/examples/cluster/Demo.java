package dev.vloop.examples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.h2.tools.Server;

/**
 * Starts three instances on a database of its own, kills one in the middle of an iteration, starts it again, and shows that no slot was lost: the
 * digest's were begun once, the cleanup's were run to their end.
 */
public final class Demo {
    private final String url;

    /** The instances that live, by name. */
    private final Map<String, Process> instances = new LinkedHashMap<>();

    private Demo(String url) {
        this.url = url;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("vloop-cluster");
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
        Demo demo = new Demo("jdbc:h2:tcp://localhost:" + server.getPort() + "/./demo");
        Runtime.getRuntime().addShutdownHook(new Thread(demo::endAll));
        try {
            demo.run();
        } finally {
            demo.endAll();
            server.stop();
        }
    }

    private void run() throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table work(loop varchar(20), slot timestamp(9) with time zone, instance varchar(20), token bigint,"
                            + " done boolean default false)");
            System.out.println(
                    "Three instances share two loops. An instance that dies is silent for 2 s, its lease; then others take over.");
            for (String name : new String[] {"a", "b", "c"}) {
                start(name);
            }
            Thread.sleep(8_000);
            String victim = kill(statement);
            System.out.println("*  kill -9 of instance " + victim + ", in the middle of an iteration");
            Thread.sleep(5_000);
            System.out.println("*  instance " + victim + " is started again");
            start(victim);
            Thread.sleep(5_000);
            System.out.println("*  all get a SIGTERM, and finish what they do");
            endAll();
            table(statement);
        }
    }

    private void start(String name) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        instances.put(
                name,
                new ProcessBuilder(
                                java,
                                "-Xmx100m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Instance.class.getName(),
                                name,
                                url)
                        .inheritIO()
                        .start());
    }

    /** Kills an instance that is in the cleanup. {@return its name} */
    private String kill(Statement statement) throws Exception {
        for (; ; ) {
            try (ResultSet running = statement.executeQuery(
                    "select instance from work where loop = 'cleanup' and not done order by slot desc limit 1")) {
                if (running.next()) {
                    String name = running.getString(1);
                    Process process = instances.remove(name);
                    if (process != null) {
                        process.destroyForcibly().waitFor();
                        return name;
                    }
                }
            }
            Thread.sleep(20);
        }
    }

    private synchronized void endAll() {
        instances.values().forEach(Process::destroy);
        for (Process process : instances.values()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                process.destroyForcibly();
            }
        }
        instances.clear();
    }

    private static void table(Statement statement) throws SQLException {
        System.out.printf(
                Locale.ROOT, "%n%-9s%8s%12s%17s%13s%n", "loop", "slots", "never ran", "begun twice", "never done");
        for (String loop : new String[] {"digest", "cleanup"}) {
            try (ResultSet counts =
                    statement.executeQuery("select count(*), datediff(second, min(slot), max(slot)) + 1 - count(*),"
                            + " coalesce(sum(case when begun > 1 then 1 end), 0), coalesce(sum(case when ended = 0 then 1 end), 0)"
                            + " from (select slot, count(*) begun, sum(case when done then 1 else 0 end) ended from work where loop = '"
                            + loop
                            + "' group by slot)")) {
                counts.next();
                System.out.printf(
                        Locale.ROOT,
                        "%-9s%8d%12d%17d%13d%n",
                        loop,
                        counts.getLong(1),
                        counts.getLong(2),
                        counts.getLong(3),
                        counts.getLong(4));
            }
        }
        System.out.println(
                "\nThe digest lets a slot go that was cut: never begun twice. The cleanup runs it again: always done.");
    }
}
