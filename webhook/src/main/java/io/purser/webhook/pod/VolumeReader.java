package io.purser.webhook.pod;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.purser.webhook.pod.Volume.ProjectedToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a volume: its name, its type, and the tokens that it projects. */
final class VolumeReader {

    private VolumeReader() {}

    static Volume read(JsonParser parser) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        String name = "";
        String type = "";
        List<ProjectedToken> tokens = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("name")) {
                name = Tokens.textOrEmpty(parser);
                continue;
            }
            if (!Tokens.isNull(parser)) {
                type = field;
            }
            if (field.equals("projected") && parser.currentToken() == JsonToken.START_OBJECT) {
                projected(parser, tokens);
            } else {
                parser.skipChildren();
            }
        }
        return new Volume(name, type, tokens);
    }

    private static void projected(JsonParser parser, List<ProjectedToken> tokens) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (!field.equals("sources") || Tokens.isNull(parser)) {
                parser.skipChildren();
                continue;
            }
            Tokens.expect(parser, JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                source(parser, tokens);
            }
        }
    }

    private static void source(JsonParser parser, List<ProjectedToken> tokens) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("serviceAccountToken") && !Tokens.isNull(parser)) {
                tokens.add(token(parser));
            } else {
                parser.skipChildren();
            }
        }
    }

    private static ProjectedToken token(JsonParser parser) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        String audience = null;
        String path = "";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "audience" -> audience = Tokens.text(parser);
                case "path" -> path = Tokens.textOrEmpty(parser);
                default -> parser.skipChildren();
            }
        }
        return new ProjectedToken(audience, path);
    }
}
