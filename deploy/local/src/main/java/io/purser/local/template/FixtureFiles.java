package io.purser.local.template;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import io.purser.agent.template.value.GoText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the files beside a template. */
final class FixtureFiles {
    private FixtureFiles() {}

    /** The whole text; a byte that is not UTF-8 survives. */
    static String text(Path file) {
        return GoText.of(bytes(file));
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new FixtureException(
                    file + " cannot be read (" + e.getClass().getSimpleName()
                            + "); check that it is a file you may read",
                    e);
        }
    }

    /** A JSON object; an absent file is an empty one. */
    static JsonObject object(Path file) {
        if (!Files.exists(file)) {
            return new JsonObject();
        }
        JsonValue value;
        try {
            value = Json.parse(new String(bytes(file), StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new FixtureException(
                    file + ":" + e.getLine() + ":" + e.getColumn()
                            + ": this is not JSON, write an object from requests to answers",
                    e);
        } catch (StackOverflowError e) {
            throw new FixtureException(file + " nests too deeply", e);
        }
        if (!value.isObject()) {
            throw new FixtureException(file + " must hold a JSON object");
        }
        return value.asObject();
    }
}
