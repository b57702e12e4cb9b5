package dev.vloop.examples;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An HTTP client; a test in virtual time has to wrap the real one. */
@FunctionalInterface
interface Web {
    /** Sends a request and waits for the answer. */
    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException;
}
