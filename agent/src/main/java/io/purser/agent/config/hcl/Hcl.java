package io.purser.agent.config.hcl;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads HCL version 1 into JSON. Every block becomes an element of a list under its name, since blocks repeat; each of its
 * labels becomes an object around it.
 */
public final class Hcl {

    /** Deeper text is refused, because the parser recurses. */
    private static final int DEEPEST = 32;

    private final HclScanner scanner;
    private int depth;

    private Hcl(String text) {
        this.scanner = new HclScanner(text);
    }

    /** Reads a whole file. */
    public static JsonObject parse(String text) throws HclException {
        Hcl hcl = new Hcl(text);
        JsonObject body = hcl.body();
        if (!hcl.scanner.atEnd()) {
            throw hcl.scanner.error("there is a \"" + hcl.scanner.peek() + "\" too many");
        }
        return body;
    }

    private JsonObject body() throws HclException {
        if (++depth > DEEPEST) {
            throw scanner.error("blocks are nested too deeply");
        }
        JsonObject body = new JsonObject();
        scanner.skipBlanks();
        while (!scanner.atEnd() && scanner.peek() != '}') {
            member(body);
            scanner.skipBlanks();
            if (scanner.peek() == ',') {
                scanner.take();
                scanner.skipBlanks();
            }
        }
        depth--;
        return body;
    }

    private void member(JsonObject body) throws HclException {
        String name = key();
        scanner.skipBlanks();
        if (scanner.peek() == '=' || scanner.peek() == ':') {
            scanner.take();
            body.set(name, value());
            return;
        }
        List<String> labels = new ArrayList<>();
        while (scanner.peek() != '{') {
            labels.add(key());
            scanner.skipBlanks();
        }
        JsonObject block = braces();
        for (int i = labels.size() - 1; i >= 0; i--) {
            block = new JsonObject().add(labels.get(i), new JsonArray().add(block));
        }
        put(body, name, block);
    }

    private static void put(JsonObject body, String name, JsonObject block) {
        JsonValue known = body.get(name);
        if (known != null && known.isArray()) {
            known.asArray().add(block);
        } else {
            body.set(name, new JsonArray().add(block));
        }
    }

    private JsonObject braces() throws HclException {
        scanner.expect('{');
        JsonObject body = body();
        scanner.expect('}');
        return body;
    }

    private String key() throws HclException {
        return scanner.peek() == '"' ? scanner.string() : scanner.word();
    }

    private JsonValue value() throws HclException {
        scanner.skipBlanks();
        return switch (scanner.peek()) {
            case '"' -> Json.value(scanner.string());
            case '<' -> Json.value(scanner.heredoc());
            case '[' -> list();
            case '{' -> braces();
            default -> scalar(scanner.word());
        };
    }

    private JsonValue list() throws HclException {
        scanner.expect('[');
        if (++depth > DEEPEST) {
            throw scanner.error("lists are nested too deeply");
        }
        JsonArray list = new JsonArray();
        scanner.skipBlanks();
        while (scanner.peek() != ']') {
            list.add(value());
            scanner.skipBlanks();
            if (scanner.peek() == ',') {
                scanner.take();
                scanner.skipBlanks();
            }
        }
        scanner.take();
        depth--;
        return list;
    }

    private JsonValue scalar(String word) throws HclException {
        if (word.equals("true") || word.equals("false")) {
            return Json.value(Boolean.parseBoolean(word));
        }
        if (word.matches("0[0-7]+")) {
            return Json.value(Long.parseLong(word, 8));
        }
        if (word.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
            return Json.parse(word);
        }
        throw scanner.error("\"" + word + "\" is no value; a text needs double quotes");
    }
}
