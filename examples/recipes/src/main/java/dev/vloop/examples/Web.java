package dev.vloop.examples;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An HTTP client. A test in virtual time wraps the real one, so that time stands still during a request. */
@FunctionalInterface
interface Web {
    /** Sends a request and waits for the answer. */
    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException;
}
