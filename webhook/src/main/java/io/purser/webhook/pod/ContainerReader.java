package io.purser.webhook.pod;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a container. */
final class ContainerReader {

    private ContainerReader() {}

    static Container read(JsonParser parser, int index) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        String name = "";
        List<Mount> mounts = new ArrayList<>();
        List<EnvVar> env = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        Resources resources = Resources.NONE;
        SecurityContext securityContext = SecurityContext.NONE;
        String restartPolicy = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> name = Tokens.textOrEmpty(parser);
                case "volumeMounts" -> mounts = Tokens.list(parser, (p, i) -> mount(p));
                case "env" -> env = Tokens.list(parser, (p, i) -> envVar(p));
                case "ports" -> ports = Tokens.list(parser, (p, i) -> port(p));
                case "resources" -> resources = resources(parser);
                case "securityContext" -> securityContext = securityContext(parser);
                case "restartPolicy" -> restartPolicy = Tokens.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new Container(name, index, mounts, env, ports, resources, securityContext, restartPolicy);
    }

    static SecurityContext securityContext(JsonParser parser) throws IOException {
        if (Tokens.isNull(parser)) {
            return SecurityContext.NONE;
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        Long user = null;
        Long group = null;
        Long fsGroup = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "runAsUser" -> user = Tokens.number(parser);
                case "runAsGroup" -> group = Tokens.number(parser);
                case "fsGroup" -> fsGroup = Tokens.number(parser);
                default -> parser.skipChildren();
            }
        }
        return new SecurityContext(user, group, fsGroup);
    }

    private static Mount mount(JsonParser parser) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        String volume = "";
        String path = "";
        boolean readOnly = false;
        String subPath = null;
        String subPathExpr = null;
        String propagation = null;
        String recursiveReadOnly = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> volume = Tokens.textOrEmpty(parser);
                case "mountPath" -> path = Tokens.textOrEmpty(parser);
                case "readOnly" -> readOnly = Boolean.TRUE.equals(Tokens.bool(parser));
                case "subPath" -> subPath = Tokens.text(parser);
                case "subPathExpr" -> subPathExpr = Tokens.text(parser);
                case "mountPropagation" -> propagation = Tokens.text(parser);
                case "recursiveReadOnly" -> recursiveReadOnly = Tokens.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new Mount(volume, path, readOnly, subPath, subPathExpr, propagation, recursiveReadOnly);
    }

    private static EnvVar envVar(JsonParser parser) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        String name = "";
        String value = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> name = Tokens.textOrEmpty(parser);
                case "value" -> value = Tokens.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new EnvVar(name, value);
    }

    private static int port(JsonParser parser) throws IOException {
        Tokens.expect(parser, JsonToken.START_OBJECT);
        long port = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("containerPort")) {
                @Nullable Long number = Tokens.number(parser);
                port = number == null ? 0 : number;
            } else {
                parser.skipChildren();
            }
        }
        return (int) port;
    }

    private static Resources resources(JsonParser parser) throws IOException {
        if (Tokens.isNull(parser)) {
            return Resources.NONE;
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        Map<String, String> requests = Map.of();
        Map<String, String> limits = Map.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "requests" -> requests = quantities(parser);
                case "limits" -> limits = quantities(parser);
                default -> parser.skipChildren();
            }
        }
        return new Resources(requests, limits);
    }

    private static Map<String, String> quantities(JsonParser parser) throws IOException {
        Map<String, String> map = new LinkedHashMap<>();
        if (Tokens.isNull(parser)) {
            return map;
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (!Tokens.isNull(parser)) {
                map.put(name, Tokens.quantity(parser));
            }
        }
        return map;
    }
}
