package io.purser.webhook.pod;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@link PodSnapshot} from a stream of JSON tokens, and skips what decides nothing: most of a pod is never made
 * into objects.
 */
public final class PodReader {

    /**
     * Makes parsers whose input is bounded in depth and in the length of texts and numbers. The API server bounds an
     * object to about 3 MB and all annotations to 256 KiB. Names are not interned: pods' authors choose them without end.
     */
    public static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 14)
                    .maxNumberLength(400)
                    .build())
            .build();

    private PodReader() {}

    /**
     * Reads one pod.
     *
     * @param parser stands at the pod's first token; afterwards at its last. Null is a pod that says nothing
     * @throws PodFormatException when the value is not a pod
     * @throws IOException when the text is not JSON, or out of bounds
     */
    public static PodSnapshot read(JsonParser parser) throws IOException {
        PodParts parts = new PodParts();
        if (Tokens.isNull(parser)) {
            return parts.snapshot();
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "metadata" -> metadata(parser, parts);
                case "spec" -> spec(parser, parts);
                case "status" -> status(parser, parts);
                default -> parser.skipChildren();
            }
        }
        return parts.snapshot();
    }

    private static void metadata(JsonParser parser, PodParts parts) throws IOException {
        if (Tokens.isNull(parser)) {
            return;
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "name" -> parts.name = Tokens.text(parser);
                case "annotations" -> parts.annotations = Tokens.texts(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private static void status(JsonParser parser, PodParts parts) throws IOException {
        if (Tokens.isNull(parser)) {
            return;
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals("phase")) {
                parts.phase = Tokens.text(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void spec(JsonParser parser, PodParts parts) throws IOException {
        if (Tokens.isNull(parser)) {
            return;
        }
        Tokens.expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "volumes" -> parts.volumes = Tokens.list(parser, (p, index) -> VolumeReader.read(p));
                case "containers" -> parts.containers = Tokens.list(parser, ContainerReader::read);
                case "initContainers" -> parts.initContainers = Tokens.list(parser, ContainerReader::read);
                case "serviceAccountName" -> parts.serviceAccount = Tokens.textOrEmpty(parser);
                case "hostNetwork" -> parts.hostNetwork = Boolean.TRUE.equals(Tokens.bool(parser));
                case "shareProcessNamespace" -> parts.shareProcessNamespace = Tokens.bool(parser);
                case "restartPolicy" -> parts.restartPolicy = Tokens.text(parser);
                case "terminationGracePeriodSeconds" -> parts.terminationGrace = seconds(Tokens.number(parser));
                case "securityContext" -> parts.securityContext = ContainerReader.securityContext(parser);
                case "nodeSelector" ->
                    parts.windows |= "windows".equals(Tokens.texts(parser).get("kubernetes.io/os"));
                case "os" ->
                    parts.windows |= "windows".equals(Tokens.texts(parser).get("name"));
                default -> parser.skipChildren();
            }
        }
    }

    private static @Nullable Duration seconds(@Nullable Long number) {
        return number == null ? null : Duration.ofSeconds(number);
    }

    /** What has been read so far. */
    private static final class PodParts {
        private @Nullable String name;
        private Map<String, String> annotations = new LinkedHashMap<>();
        private @Nullable String phase;
        private String serviceAccount = "";
        private boolean hostNetwork;
        private boolean windows;
        private @Nullable Boolean shareProcessNamespace;
        private @Nullable String restartPolicy;
        private @Nullable Duration terminationGrace;
        private SecurityContext securityContext = SecurityContext.NONE;
        private List<Volume> volumes = new ArrayList<>();
        private List<Container> initContainers = new ArrayList<>();
        private List<Container> containers = new ArrayList<>();

        private PodSnapshot snapshot() {
            return new PodSnapshot(
                    name,
                    annotations,
                    phase,
                    serviceAccount.isEmpty() ? "default" : serviceAccount,
                    hostNetwork,
                    windows,
                    shareProcessNamespace,
                    restartPolicy,
                    terminationGrace,
                    securityContext,
                    volumes,
                    initContainers,
                    containers);
        }
    }
}
