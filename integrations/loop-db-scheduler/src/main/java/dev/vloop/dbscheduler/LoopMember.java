package dev.vloop.dbscheduler;

import dev.vloop.ClusterStatus;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A run of this instance in the cluster. Any thread may use it. */
final class LoopMember implements Cluster.Member {
    /** What fits into the column of each database. */
    private static final int LONGEST_ID = 250;

    final Cluster.Candidate candidate;

    /** Of its row. */
    final String id;

    private final DbSchedulerCluster cluster;

    /** What the run was lent; null for nothing. Written by db-scheduler's thread for the claim. */
    private volatile @Nullable Claim claim;

    /** Changes of the row that were asked for and not made yet. */
    final Queue<Change> changes = new ConcurrentLinkedQueue<>();

    /** How many triggered iterations it has asked for. Guarded by this. */
    private long triggers;

    /** How many of them it waits for no more: it, or another instance, has had them. Guarded by this. */
    private long triggersOver;

    /** From when on the row may be picked, as was last heard; null if nothing was. */
    volatile @Nullable Instant due;

    /** Whether somebody had the row. */
    volatile boolean held;

    private volatile ClusterStatus status;

    LoopMember(DbSchedulerCluster cluster, Cluster.Candidate candidate) {
        this.cluster = cluster;
        this.candidate = candidate;
        this.id = idOf(candidate.name());
        this.status = new ClusterStatus(cluster.instance(), null, null, 0, null);
    }

    /** {@return the id of a loop's row: its name, percent-encoded; a long one is cut, and made unique by a hash} */
    static String idOf(String loop) {
        String encoded = URLEncoder.encode(loop, StandardCharsets.UTF_8);
        if (encoded.length() <= LONGEST_ID) {
            return encoded;
        }
        String hash = HexFormat.of().formatHex(sha256(loop));
        return encoded.substring(0, LONGEST_ID - hash.length() - 1) + "-" + hash;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A change of the row that is made when nobody has it. */
    interface Change extends UnaryOperator<LoopRow> {}

    /** A row that this run was lent. */
    static final class Claim {
        final ClusterTurn turn;
        final LoopRow row;

        /** What the row is to be afterwards; null if the claim was lost. */
        final CompletableFuture<@Nullable LoopRow> answer = new CompletableFuture<>();

        Claim(ClusterTurn turn, LoopRow row) {
            this.turn = turn;
            this.row = row;
        }

        boolean isLost() {
            return answer.isDone() && answer.join() == null;
        }
    }

    boolean accepts() {
        return claim == null && (candidate.accepts() || isTriggering());
    }

    /** {@return whether it waits for a triggered iteration, which it takes also while it is paused} */
    private synchronized boolean isTriggering() {
        return triggers > triggersOver;
    }

    /** {@return how many of its triggers are in the row, or were} A reading of the row must begin after this. */
    synchronized long triggersWritten() {
        return changes.isEmpty() ? triggers : triggersOver;
    }

    /** The row was read, and has no trigger: those that had been written before are over. Later ones may not be in what was read. */
    synchronized void notTriggered(long written) {
        triggersOver = Math.max(triggersOver, written);
    }

    private synchronized void allTriggersOver() {
        triggersOver = triggers;
    }

    private synchronized void addTrigger() {
        triggers++;
        changes.add(
                row -> row.triggered() == null ? row.withTrigger(cluster.clock().now()) : row);
    }

    /** A thread of db-scheduler's, which has picked the row. {@return the claim; null if the run does not take it} */
    @Nullable
    Claim offer(ClusterTurn turn, LoopRow row) {
        Claim offered = new Claim(turn, row);
        claim = offered;
        if (turn.triggered() || !candidate.accepts()) {
            allTriggersOver();
        }
        heard(row, cluster.instance(), turn.token());
        if (candidate.offer(turn)) {
            return offered;
        }
        claim = null;
        return null;
    }

    /** The row was written, or is not ours any more. */
    void claimEnded(Claim ended) {
        if (claim == ended) {
            claim = null;
        }
    }

    @Nullable
    Claim claim() {
        return claim;
    }

    /** Any thread. The claim with this token is gone, or cannot be relied on. */
    void lost(long token) {
        Claim lost = claim;
        if (lost != null && lost.turn.token() == token && lost.answer.complete(null)) {
            candidate.lost(token);
        }
    }

    /** The row as it was read or written. */
    void heard(LoopRow row, @Nullable String holder, long version) {
        due = row.due();
        held = holder != null;
        Instant slot =
                row.triggered() != null ? row.triggered() : row.position().next();
        status = new ClusterStatus(
                cluster.instance(), slot, holder, version, cluster.clock().now());
    }

    private void answer(ClusterTurn turn, LoopRow row) {
        Claim current = claim;
        if (current != null && current.turn == turn) {
            current.answer.complete(row);
        }
    }

    @Override
    public void done(ClusterTurn turn, ClusterPosition next) {
        answer(turn, new LoopRow(next, null, candidate.cut()));
    }

    @Override
    public void cut(ClusterTurn turn) {
        Claim current = claim;
        if (current != null) {
            answer(turn, current.row.afterCut());
        }
    }

    @Override
    public void giveBack(ClusterTurn turn) {
        Claim current = claim;
        if (current != null) {
            answer(turn, current.row);
        }
    }

    @Override
    public void look() {
        cluster.look();
    }

    @Override
    public void trigger() {
        addTrigger();
        cluster.lookAtChanges();
    }

    @Override
    public void changed() {
        changes.add(row ->
                row.at(candidate.reschedule(row.position(), cluster.clock().now())));
        cluster.lookAtChanges();
    }

    @Override
    public ClusterStatus status() {
        return status;
    }

    @Override
    public void leave() {
        cluster.leave(this);
    }

    /** {@return the loop in a message} A name cannot forge a line of the log. */
    @Override
    public String toString() {
        return "loop '" + SafeText.inOneLine(candidate.name()) + "'";
    }
}
