package dev.vloop.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that must not come in. Immutable; any thread may use it.
 *
 * <p>Three strangers are kept out: a site that gives its own name the address of this machine, by the {@code Host} header; a site in the
 * user's browser, by {@code Origin}, {@code Sec-Fetch-Site}, a cookie that is not sent along with its requests, and a secret header that
 * only the page itself knows; and anybody else who reaches the port, by the token.
 */
final class Gate {
    static final String SECRET_HEADER = "X-Vloop-Secret";

    /** In any case of letters, says HTTP. */
    private static final String BEARER = "Bearer ";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    /** The name or address that this page itself listens on; loopback names beside it. */
    private final String ownHost;

    /** Null if a framework has let the request in. */
    private final @Nullable String token;

    private final String cookieName;

    /** What the cookie holds: a hash of the token, from which nobody can compute the token. */
    private final String cookieValue;

    /** New for each start: what each POST must have in {@link #SECRET_HEADER}. */
    private final String secret = Settings.random();

    Gate(Settings settings, @Nullable String token) {
        this.allowed = Set.copyOf(settings.hosts);
        this.ownHost = settings.address.isAnyLocalAddress() ? "localhost" : JdkServer.hostOf(settings.address);
        this.token = token;
        String hash = token == null ? "" : hash("vloop dashboard cookie " + token);
        // Cookies know no ports: pages of several programs on one machine must not take each other's.
        this.cookieName = "vloop-" + hash("vloop dashboard name " + token).substring(0, 8);
        this.cookieValue = hash;
    }

    String secret() {
        return secret;
    }

    /** {@return the answer to a request that must not come in; null if it may} */
    @Nullable
    DashboardResponse refuse(DashboardRequest request) {
        String host = request.header("Host");
        if (host == null || !knows(hostName(host))) {
            return DashboardResponse.text(421, "This page does not answer to that host. See allowHost(..).");
        }
        if (isForeign(request, host)) {
            return DashboardResponse.text(403, "Another site must not ask this.");
        }
        if (token != null) {
            DashboardResponse entered = enter(request);
            if (entered != null) { // also for a browser that has the cookie: the token must not stay in the address
                return entered;
            }
            if (!isKnown(request)) {
                return DashboardResponse.text(401, "Open the link that the program has printed: it lets you in.");
            }
        }
        if (request.method().equals("POST") && !same(request.header(SECRET_HEADER), secret)) {
            return Reply.failed(
                    403, "This page is older than the program's last start, or comes from elsewhere. Reload it.");
        }
        return null;
    }

    private boolean knows(String host) {
        return LOOPBACK.contains(host) || allowed.contains(host) || host.equals(ownHost);
    }

    /** {@return the host in lower case, without a port; empty if that is not the form of a Host header} */
    private static String hostName(String header) {
        String host = header.strip().toLowerCase(Locale.ROOT);
        int end = host.startsWith("[")
                ? host.indexOf(']') + 1
                : host.indexOf(':') < 0 ? host.length() : host.indexOf(':');
        String port = host.substring(end);
        return port.isEmpty() || port.matches(":[0-9]{1,5}") ? host.substring(0, end) : "";
    }

    /** {@return whether a Host header, in lower case, can be this text, without a port} */
    static boolean isHost(String text) {
        return !text.isEmpty()
                && hostName(text).equals(text)
                && text.chars().noneMatch(c -> c <= ' ' || "/?#@,*\\".indexOf(c) >= 0);
    }

    private boolean isForeign(DashboardRequest request, String host) {
        String origin = request.header("Origin");
        if (origin != null && !isOwn(origin, host)) {
            return true;
        }
        String site = request.header("Sec-Fetch-Site");
        if (site == null || site.equals("same-origin") || site.equals("none")) {
            return false;
        }
        // Links from elsewhere may lead here: that shows the page to the user, and nothing of it to that site.
        return request.method().equals("POST") || !"navigate".equals(request.header("Sec-Fetch-Mode"));
    }

    private boolean isOwn(String origin, String host) {
        URI uri;
        try {
            uri = new URI(origin);
        } catch (URISyntaxException e) {
            return false;
        }
        String authority = uri.getRawAuthority();
        String name = uri.getHost();
        if (authority == null || name == null || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            return false;
        }
        // A proxy may send this page another Host than the browser has sent to the proxy.
        return authority.equalsIgnoreCase(host.strip()) || allowed.contains(name.toLowerCase(Locale.ROOT));
    }

    /** {@return whether the request brings the cookie, or the token as a program's header} */
    private boolean isKnown(DashboardRequest request) {
        String bearer = request.header("Authorization");
        if (bearer != null
                && bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && same(bearer.substring(BEARER.length()), token)) {
            return true;
        }
        String cookies = request.header("Cookie");
        if (cookies == null) {
            return false;
        }
        for (String cookie : cookies.split("[;,]", 100)) {
            String[] parts = cookie.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(cookieName) && same(parts[1], cookieValue)) {
                return true;
            }
        }
        return false;
    }

    /** {@return the answer to the link with the token, which sets the cookie that is enough from then on; null if this is not the link} */
    private @Nullable DashboardResponse enter(DashboardRequest request) {
        String brought = Query.of(request.query()).get("token");
        if (!request.method().equals("GET") || !request.path().equals("/") || !same(brought, token)) {
            return null;
        }
        // Not a redirect: a browser that came from another site would not send the new cookie along with it.
        String secure = isTls(request) ? "; Secure" : "";
        return DashboardResponse.html(
                        200,
                        "<!doctype html><html lang=en><meta http-equiv=refresh content=\"0;url=./\">"
                                + "<title>Loops</title><a href=\"./\">To the loops</a>")
                .with(
                        "Set-Cookie",
                        cookieName + "=" + cookieValue + "; Max-Age=2592000; HttpOnly; SameSite=Strict" + secure);
    }

    /** {@return whether the browser speaks TLS with a proxy; of several proxies, the first is the browser's} */
    private static boolean isTls(DashboardRequest request) {
        String protocols = request.header("X-Forwarded-Proto");
        return protocols != null && protocols.split(",", 2)[0].strip().equalsIgnoreCase("https");
    }

    /** {@return whether both are the same text; how long that takes does not tell where they differ} */
    private static boolean same(@Nullable String brought, @Nullable String expected) {
        return brought != null
                && expected != null
                && MessageDigest.isEqual(brought.getBytes(UTF_8), expected.getBytes(UTF_8));
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
