package dev.vloop.dashboard;

import static dev.vloop.internal.Arguments.notBlank;
import static dev.vloop.internal.Arguments.notNull;
import static dev.vloop.internal.Arguments.refusal;

import dev.vloop.Loop;
import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.internal.SafeText;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a page. Used by one thread until it is started or made; not changed after that. */
final class Settings implements LoopDashboard.Builder {
    private static final int SHORTEST_TOKEN = 20;

    /** How much of a text that was cut is not shown, in characters: it may end within a secret, which {@link #redact} does not know then. */
    private static final int HIDDEN_END = 200;

    final LoopRuntime loops;

    @Nullable
    LoopHistory history;

    LoopHealth health = LoopHealth.standard();
    boolean readOnly;
    int port;
    InetAddress address = InetAddress.getLoopbackAddress();

    @Nullable
    String token;

    /** In lower case, beside those of the loopback. */
    final Set<String> hosts = new HashSet<>();

    @Nullable
    String userHeader;

    ZoneId zone = ZoneId.systemDefault();

    /** Null if all may be seen. */
    @Nullable
    UnaryOperator<String> redact;

    Function<? super Loop, ? extends Map<String, String>> facts = loop -> Map.of();

    /** How long a stream waits between two updates. All viewers share a snapshot of the loops for half as long. Tests set it. */
    Duration period = Duration.ofSeconds(1);

    /** How long a client may take to send a request, and for each piece of the answer. Tests set it. */
    Duration patience = Duration.ofSeconds(10);

    Settings(LoopRuntime loops) {
        this.loops = loops;
    }

    @Override
    public Settings history(LoopHistory listener) {
        history = notNull(listener, "history");
        return this;
    }

    @Override
    public Settings health(LoopHealth rule) {
        health = notNull(rule, "rule");
        return this;
    }

    @Override
    public Settings readOnly(boolean wanted) {
        readOnly = wanted;
        return this;
    }

    @Override
    public Settings port(int number) {
        if (number < 0 || number > 65_535) {
            throw refusal("port", "be from 0 to 65535", number);
        }
        port = number;
        return this;
    }

    @Override
    public Settings address(InetAddress other) {
        address = notNull(other, "address");
        return this;
    }

    @Override
    public Settings token(String own) {
        int length = notNull(own, "token").strip().length();
        if (length < SHORTEST_TOKEN) { // the message does not tell the secret
            throw new IllegalArgumentException(
                    "token must have at least " + SHORTEST_TOKEN + " characters, but has " + length);
        }
        token = own;
        return this;
    }

    @Override
    public Settings allowHost(String host) {
        String plain = notBlank(host, "host").strip().toLowerCase(Locale.ROOT);
        if (!Gate.isHost(plain)) { // no request would ever name it
            throw refusal(
                    "host", "be a name or an address, such as bots.example.com or [fd00::1], without a port", host);
        }
        hosts.add(plain);
        return this;
    }

    @Override
    public Settings userHeader(String header) {
        userHeader = notBlank(header, "header");
        return this;
    }

    @Override
    public Settings zone(ZoneId other) {
        zone = notNull(other, "zone");
        return this;
    }

    @Override
    public Settings redact(UnaryOperator<String> function) {
        redact = notNull(function, "redact");
        return this;
    }

    @Override
    public Settings facts(Function<? super Loop, ? extends Map<String, String>> function) {
        facts = notNull(function, "facts");
        return this;
    }

    Settings period(Duration other) {
        period = other;
        return this;
    }

    Settings patience(Duration other) {
        patience = other;
        return this;
    }

    @Override
    public LoopDashboard start() throws IOException {
        if (!address.isLoopbackAddress() && token == null) {
            throw new IllegalStateException("a page on " + address.getHostAddress()
                    + " needs a token of your own: call token(..), or leave the address alone");
        }
        return new LoopDashboard(copy());
    }

    @Override
    public DashboardHandler handler() {
        Settings settings = copy();
        return new DashboardHandler(settings, new Gate(settings, null));
    }

    private Settings copy() {
        Settings copy = new Settings(loops);
        copy.history = history;
        copy.health = health;
        copy.readOnly = readOnly;
        copy.port = port;
        copy.address = address;
        copy.token = token;
        copy.hosts.addAll(hosts);
        copy.userHeader = userHeader;
        copy.zone = zone;
        copy.redact = redact;
        copy.facts = facts;
        copy.period = period;
        copy.patience = patience;
        return copy;
    }

    String tokenOrRandom() {
        return token == null ? random() : token;
    }

    /** {@return 256 bits of chance as text for headers and addresses} */
    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return what may be seen of a text} */
    String redacted(String text) {
        UnaryOperator<String> function = redact;
        if (function == null) {
            return text;
        }
        try {
            String seen = function.apply(text);
            if (seen == null) {
                return "(not shown: redact(..) returned null)";
            }
            boolean cut = text.length() > FailureRecord.LONGEST_MESSAGE && text.endsWith("…");
            return cut ? seen.substring(0, Math.max(0, seen.length() - HIDDEN_END)) + "…" : seen;
        } catch (Throwable e) { // better to show nothing than a secret
            return "(not shown: redact(..) threw " + e.getClass().getName() + ")";
        }
    }

    /** {@return what the user's function says of a loop} */
    Map<String, String> factsOf(Loop loop) {
        try {
            Map<String, String> told = facts.apply(loop);
            Map<String, String> copy = new LinkedHashMap<>(); // all that is the user's happens here
            if (told != null) {
                told.forEach((fact, text) -> copy.put(String.valueOf(fact), String.valueOf(text)));
            }
            return copy;
        } catch (Throwable e) {
            return Map.of("facts", "threw " + SafeText.inOneLine(SafeText.of(e)));
        }
    }
}
