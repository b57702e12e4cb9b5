/*
 * A map of this package, for those who change it.
 *
 *   For users        LoopMethod (a method as a loop), LoopRuntimeCustomizer, LoopRuntimeConfigurer
 *   The beans        LoopsAutoConfiguration
 *   Properties       VloopProperties (the data), LoopSettings (what they say of single loops),
 *                    MisspeltProperties
 *   Start and end    LoopsLifecycle
 *   Methods          LoopMethodRegistrar (finds them, and registers a Loop bean for each), LoopMethods (builds those loops),
 *                    LoopMethodOptions (reads the annotation), OptionText (reads texts), BeanMethodBody (calls the method),
 *                    LoopMethodAotProcessor (hints for native images)
 *
 * What needs the actuator, loop-micrometer or loop-dashboard is in a package of its own, below this one. None of them calls anything here.
 */

/** Loops in Spring Boot. */
@NullMarked
package dev.vloop.spring;

import org.jspecify.annotations.NullMarked;
