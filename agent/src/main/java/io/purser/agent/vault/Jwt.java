package io.purser.agent.vault;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What may be said of a JWT in a message: never itself. */
final class Jwt {

    private Jwt() {}

    /** The audience, for example {@code audience ["vault"]}, as far as it can be read. */
    static String audience(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return "no audience (it is no JWT)";
        }
        try {
            JsonValue claims = Json.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            JsonValue audience = claims.isObject() ? claims.asObject().get("aud") : null;
            return audience == null ? "no audience" : "audience " + audience;
        } catch (ParseException | IllegalArgumentException e) {
            return "no audience (its claims cannot be read)";
        }
    }
}
