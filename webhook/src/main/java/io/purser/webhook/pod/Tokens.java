package io.purser.webhook.pod;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a pod's JSON, read as strictly as the API server's own types read them: null is the same as absent. */
final class Tokens {

    private Tokens() {}

    /** Reads one element of a list. */
    interface ElementReader<T> {
        T read(JsonParser parser, int index) throws IOException;
    }

    static boolean isNull(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    static void expect(JsonParser parser, JsonToken wanted) throws IOException {
        if (parser.currentToken() != wanted) {
            throw unexpected(parser, wanted == JsonToken.START_OBJECT ? "an object" : "a list");
        }
    }

    static @Nullable String text(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            default -> throw unexpected(parser, "a string");
        };
    }

    static String textOrEmpty(JsonParser parser) throws IOException {
        String text = text(parser);
        return text == null ? "" : text;
    }

    static @Nullable Boolean bool(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw unexpected(parser, "true or false");
        };
    }

    static @Nullable Long number(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            default -> throw unexpected(parser, "a whole number");
        };
    }

    /** A quantity may be written as a text or as a number. */
    static String quantity(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
            default -> throw unexpected(parser, "a quantity");
        };
    }

    static Map<String, String> texts(JsonParser parser) throws IOException {
        Map<String, String> map = new LinkedHashMap<>();
        if (isNull(parser)) {
            return map;
        }
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, textOrEmpty(parser));
        }
        return map;
    }

    static <T> List<T> list(JsonParser parser, ElementReader<T> reader) throws IOException {
        List<T> list = new ArrayList<>();
        if (isNull(parser)) {
            return list;
        }
        expect(parser, JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(reader.read(parser, list.size()));
        }
        return list;
    }

    private static PodFormatException unexpected(JsonParser parser, String wanted) {
        String place = parser.getParsingContext().pathAsPointer().toString();
        JsonToken token = parser.currentToken();
        return new PodFormatException(
                "the pod's " + (place.isEmpty() ? "JSON" : place) + " must be " + wanted + ", not " + found(token));
    }

    private static String found(@Nullable JsonToken token) {
        if (token == null) {
            return "the end of the text";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default ->
                token.name().toLowerCase(Locale.ROOT).replace("value_", "").replace('_', ' ');
        };
    }
}
