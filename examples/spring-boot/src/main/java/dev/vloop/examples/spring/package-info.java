/** A web application that keeps prices and sends messages. The pages of the documentation show parts of it. */
@NullMarked
package dev.vloop.examples.spring;

import org.jspecify.annotations.NullMarked;
