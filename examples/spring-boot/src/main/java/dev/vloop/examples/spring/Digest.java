package dev.vloop.examples.spring;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.spi.Cluster;
import dev.vloop.spring.LoopMethod;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes each morning how many messages there are, on one of the instances. */
@Component
class Digest {
    private static final Logger LOG = LoggerFactory.getLogger(Digest.class);

    private final JdbcClient database;
    private final Cluster cluster;

    Digest(JdbcClient database, Cluster cluster) {
        this.database = database;
        this.cluster = cluster;
    }

    // region spring-cluster-method
    @LoopMethod(name = "digest", dailyAt = "09:00", zone = "Europe/Berlin", oncePerCluster = CutSlots.LET_GO)
    void write(Iteration it) {
        database.sql("insert into digest(slot, instance, messages) select :slot, :instance, count(*) from message")
                .param("slot", it.scheduledAt().atOffset(ZoneOffset.UTC))
                .param("instance", cluster.instance())
                .update();
        LOG.info("digest of {}", it.scheduledAt());
    }
    // end region
}
