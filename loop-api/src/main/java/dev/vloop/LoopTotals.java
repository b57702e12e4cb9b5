package dev.vloop;

/**
 * What all runs of a loop add up to, the one that goes on included. No number ever becomes smaller. The constructor is not API, because
 * later versions may add components: read them by name, and neither construct nor deconstruct this record.
 *
 * @param runs how many runs have begun
 * @param iterations how many iterations they have finished
 * @param failures how many of their attempts have failed, retried ones and those that were tolerated included, and how often a schedule or
 *     {@code beforeLoop} has
 * @param retries how many of their attempts were retries
 * @param missedSlots how many of their slots were skipped
 */
public record LoopTotals(long runs, long iterations, long failures, long retries, long missedSlots) {}
