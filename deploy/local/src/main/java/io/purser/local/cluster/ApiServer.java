package io.purser.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.purser.local.trust.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Creates a pod the way an API server does, with one mutating webhook registered. */
public final class ApiServer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(5);

    private final URI webhook;
    private final HttpClient http;

    /**
     * A pod that was created.
     *
     * @param submitted as it was sent to the webhook
     * @param pod as it is now
     * @param changes what the webhook's patch has done, for people; empty where it left the pod alone
     * @param warnings what the webhook told the person who created it
     */
    public record Admitted(ObjectNode submitted, ObjectNode pod, List<String> changes, List<String> warnings) {}

    /**
     * An API server that trusts one webhook.
     *
     * @param webhook its URL with the path
     * @param caBundle the registration's trust anchors, PEM
     */
    public ApiServer(URI webhook, String caBundle) {
        this.webhook = webhook;
        this.http = HttpClient.newBuilder()
                .sslContext(TlsContexts.client(caBundle))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(WEBHOOK_TIMEOUT)
                .build();
    }

    /**
     * Creates a pod: defaults, the webhook, validation, and the webhook again as {@code reinvocationPolicy: IfNeeded} has it.
     *
     * @throws InvalidManifestException where the webhook denies it or the result is no valid pod
     * @throws IOException where the webhook does not answer as a webhook must
     */
    public Admitted create(ObjectNode pod) throws InvalidManifestException, IOException {
        ObjectNode submitted = PodDefaults.fill(pod);
        String name = submitted.at("/metadata/name").asText();
        refuse("the pod " + name + " is not valid as it is", PodRules.violations(submitted));
        List<String> warnings = new ArrayList<>();
        JsonNode patch = review(submitted, warnings);
        ObjectNode patched = (ObjectNode) JsonPatch.apply(patch, submitted);
        refuse("the pod " + name + " is not valid after the webhook's patch", PodRules.violations(patched));
        if (!patch.isEmpty() && !review(patched, new ArrayList<>()).isEmpty()) {
            throw new IOException("the webhook patches the pod " + name + " again when it is asked again");
        }
        return new Admitted(submitted, patched, PodChanges.between(submitted, patched), warnings);
    }

    private static void refuse(String what, List<String> violations) throws InvalidManifestException {
        if (!violations.isEmpty()) {
            throw new InvalidManifestException(what + ":\n  " + String.join("\n  ", violations));
        }
    }

    private JsonNode review(ObjectNode pod, List<String> warnings) throws InvalidManifestException, IOException {
        String uid = UUID.randomUUID().toString();
        JsonNode response = post(request(uid, pod)).path("response");
        if (!response.path("uid").asText().equals(uid)) {
            throw new IOException("the webhook answered another review than the one it was sent");
        }
        response.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        if (!response.path("allowed").asBoolean()) {
            throw new InvalidManifestException(
                    "the webhook denied the pod " + pod.at("/metadata/name").asText() + ": "
                            + response.at("/status/message").asText("it gave no reason"));
        }
        if (!response.has("patch")) {
            return JSON.createArrayNode();
        }
        if (!response.path("patchType").asText().equals("JSONPatch")) {
            throw new IOException("the webhook sent a patch of type " + response.path("patchType"));
        }
        return JSON.readTree(Base64.getDecoder().decode(response.path("patch").asText()));
    }

    private static ObjectNode request(String uid, ObjectNode pod) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request").put("uid", uid);
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
        request.put("name", pod.at("/metadata/name").asText());
        request.put("namespace", pod.at("/metadata/namespace").asText());
        request.put("operation", "CREATE").put("dryRun", false);
        request.putObject("userInfo").put("username", "laptop");
        request.set("object", pod);
        request.putNull("oldObject");
        return review;
    }

    private JsonNode post(ObjectNode review) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(WEBHOOK_TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(review)))
                .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new IOException("the webhook answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IOException("the webhook's answer is not JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the webhook", e);
        }
    }
}
