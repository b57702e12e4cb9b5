package dev.vloop.spring;

import dev.vloop.CutSlots;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean the body of a loop, for those who come from {@code @Scheduled}. The loop starts when the application has
 * started, and ends before the beans are destroyed.
 *
 * <p>The method returns nothing, and has no parameter or one of type {@link dev.vloop.Iteration}. It may be private or final, unless the
 * bean has a proxy. It may throw: {@link #retryOn} and its siblings say what follows, by the rules of {@link dev.vloop.LoopBuilder}. The bean is a
 * singleton. Exactly one of {@link #every}, {@link #fixedDelay}, {@link #cron} and {@link #dailyAt} is set. Every text may have
 * placeholders: {@code every = "${feed.every:5m}"}. All of it is checked when the application starts.
 *
 * <p>The {@link dev.vloop.Loop} is a bean, too: {@code @Qualifier("<name>") Loop}. For what this annotation does not have, make a bean of
 * type {@code Loop} with the builder. It starts in the same way.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface LoopMethod {
    /** {@return the loop's name; by default the bean's name and the method's, such as {@code feed-poll}} */
    String name() default "";

    /** {@return the loop's kind, see {@link dev.vloop.LoopBuilder#kind}} */
    String kind() default "";

    /** {@return the interval from slot to slot, such as {@code 30s}, {@code 5m} or {@code PT1H30M}} */
    String every() default "";

    /** {@return the delay from the end of an iteration to the next} */
    String fixedDelay() default "";

    /** {@return a cron expression of five fields, or six with the second first} */
    String cron() default "";

    /** {@return local times, such as {@code 09:00}} */
    String[] dailyAt() default {};

    /** {@return the time zone of {@link #cron} and {@link #dailyAt}; by default that of {@code vloop.zone}, or else the system's} */
    String zone() default "";

    /** {@return the delay of the first slot} */
    String initialDelay() default "";

    /** {@return the longest time of an attempt; by default there is no limit} */
    String timeout() default "";

    /** {@return which exceptions are retried, in addition to those that are retried by default} */
    Class<? extends Exception>[] retryOn() default {};

    /** {@return after which exceptions the loop goes on with its next slot} */
    Class<? extends Exception>[] continueOn() default {};

    /** {@return which exceptions end the run} */
    Class<? extends Exception>[] failOn() default {};

    /** {@return the most attempts of an iteration; 0 for the default of {@link dev.vloop.LoopBuilder#maxAttempts}} */
    int maxAttempts() default 0;

    /**
     * {@return what becomes of a slot that was cut} With one value, each slot runs on one instance of the cluster; without, as by default,
     * each instance runs all slots. See {@link dev.vloop.LoopBuilder#oncePerCluster}.
     */
    CutSlots[] oncePerCluster() default {};
}
