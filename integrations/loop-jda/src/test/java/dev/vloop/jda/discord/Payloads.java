package dev.vloop.jda.discord;

import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The JSON of Discord's API, as far as JDA reads it: a bot, a guild, a channel. */
final class Payloads {
    static final long BOT = 100;
    static final long GUILD = 200;
    static final long CHANNEL = 1_234_567_890_123_456_789L;

    private Payloads() {}

    static DataObject bot() {
        return DataObject.empty()
                .put("id", String.valueOf(BOT))
                .put("username", "clock")
                .put("discriminator", "0")
                .put("bot", true)
                .put("verified", true)
                .put("mfa_enabled", false);
    }

    static DataObject message(long id, String content, String nonce) {
        return DataObject.empty()
                .put("id", String.valueOf(id))
                .put("type", 0)
                .put("channel_id", String.valueOf(CHANNEL))
                .put("content", content)
                .put("nonce", nonce)
                .put("author", bot())
                .put("timestamp", "2026-01-01T00:00:00.000000+00:00")
                .put("edited_timestamp", null)
                .put("tts", false)
                .put("pinned", false)
                .put("mention_everyone", false)
                .put("mentions", DataArray.empty())
                .put("mention_roles", DataArray.empty())
                .put("attachments", DataArray.empty())
                .put("embeds", DataArray.empty())
                .put("components", DataArray.empty())
                .put("flags", 0);
    }

    /** What Discord answers to what it refuses. */
    static DataObject error(int code, String text) {
        return DataObject.empty().put("code", code).put("message", text);
    }

    static DataObject rateLimit(double seconds) {
        return DataObject.empty()
                .put("message", "You are being rate limited.")
                .put("retry_after", seconds)
                .put("global", false);
    }

    static DataObject hello() {
        return gateway(10, DataObject.empty().put("heartbeat_interval", 2_000));
    }

    static DataObject heartbeatAck() {
        return DataObject.empty().put("op", 11);
    }

    /** @param resumable whether the client may try to resume */
    static DataObject invalidSession(boolean resumable) {
        return DataObject.empty().put("op", 9).put("d", resumable);
    }

    static DataObject ready(String session, String url, int sequence) {
        DataArray guilds = DataArray.empty()
                .add(DataObject.empty().put("id", String.valueOf(GUILD)).put("unavailable", true));
        return dispatch(
                "READY",
                sequence,
                DataObject.empty()
                        .put("v", 10)
                        .put("user", bot())
                        .put("guilds", guilds)
                        .put("private_channels", DataArray.empty())
                        .put("session_id", session)
                        .put("resume_gateway_url", url)
                        .put("application", DataObject.empty().put("id", String.valueOf(BOT))));
    }

    static DataObject resumed(int sequence) {
        return dispatch("RESUMED", sequence, DataObject.empty());
    }

    /** @param owner who may do everything in it */
    static DataObject guild(int sequence, long owner) {
        DataObject everyone = DataObject.empty()
                .put("id", String.valueOf(GUILD))
                .put("name", "@everyone")
                .put("position", 0)
                .put("permissions", "0")
                .put("managed", false)
                .put("hoist", false)
                .put("mentionable", false)
                .put("color", 0)
                .put("colors", DataObject.empty().put("primary_color", 0));
        DataObject member = DataObject.empty()
                .put("user", bot())
                .put("roles", DataArray.empty())
                .put("joined_at", "2026-01-01T00:00:00.000000+00:00");
        DataObject channel = DataObject.empty()
                .put("id", String.valueOf(CHANNEL))
                .put("type", 0)
                .put("name", "news")
                .put("position", 0)
                .put("permission_overwrites", DataArray.empty());
        return dispatch(
                "GUILD_CREATE",
                sequence,
                DataObject.empty()
                        .put("id", String.valueOf(GUILD))
                        .put("name", "chess")
                        .put("unavailable", false)
                        .put("owner_id", String.valueOf(owner))
                        .put("afk_timeout", 300)
                        .put("member_count", 1)
                        .put("members", DataArray.empty().add(member))
                        .put("roles", DataArray.empty().add(everyone))
                        .put("channels", DataArray.empty().add(channel))
                        .put("threads", DataArray.empty())
                        .put("emojis", DataArray.empty())
                        .put("voice_states", DataArray.empty())
                        .put("guild_scheduled_events", DataArray.empty()));
    }

    private static DataObject dispatch(String type, int sequence, DataObject data) {
        return gateway(0, data).put("t", type).put("s", sequence);
    }

    private static DataObject gateway(int op, DataObject data) {
        return DataObject.empty().put("op", op).put("d", data);
    }
}
