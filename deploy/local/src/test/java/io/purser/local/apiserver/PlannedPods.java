package io.purser.local.apiserver;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.zjsonpatch.JsonPatch;
import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.Planner;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what the API server must store of a pod: the planner is asked about the pod's twin without annotations, as the API
 * server completes it, and the patched twin is completed by the API server again. Nothing of the twin is stored.
 */
final class PlannedPods {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KubernetesClient client;
    private final Settings settings;

    PlannedPods(KubernetesClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * What is to come of a pod.
     *
     * @param decision the planner's; null when the API server refuses the twin already
     * @param spec the spec to be stored; null when nothing is
     */
    record Planned(@Nullable Decision decision, @Nullable JsonNode spec) {}

    Planned plan(Pod pod) throws IOException {
        Pod plain = new PodBuilder(pod)
                .editMetadata()
                .withAnnotations(Map.of())
                .endMetadata()
                .build();
        ObjectNode twin;
        try {
            twin = node(client.resource(plain).dryRun().create());
        } catch (KubernetesClientException refused) {
            return new Planned(null, null);
        }
        ObjectNode metadata = (ObjectNode) twin.get("metadata");
        metadata.remove(List.of("uid", "creationTimestamp", "managedFields"));
        twin.remove("status");
        metadata.set("annotations", MAPPER.valueToTree(pod.getMetadata().getAnnotations()));
        PodSnapshot snapshot = read(twin.toString());
        Decision decision =
                Planner.decide(snapshot, Admission.create(pod.getMetadata().getNamespace()), settings);
        if (decision instanceof Decision.Reject) {
            return new Planned(decision, null);
        }
        JsonNode patched = twin;
        if (decision instanceof Decision.Inject inject) {
            byte[] patch = io.purser.webhook.patch.JsonPatch.of(inject.plan(), snapshot);
            patched = JsonPatch.apply(MAPPER.readTree(new String(patch, StandardCharsets.UTF_8)), twin);
        }
        return new Planned(decision, complete(patched));
    }

    /** The spec as the API server stores it, whatever it calls the volume of the pod's own token. */
    static JsonNode spec(Pod stored) throws IOException {
        String text = node(stored).get("spec").toString();
        return MAPPER.readTree(text.replaceAll("kube-api-access-[a-z0-9]{5}", "kube-api-access"));
    }

    private @Nullable JsonNode complete(JsonNode pod) throws IOException {
        try {
            Pod completed =
                    client.resource(MAPPER.treeToValue(pod, Pod.class)).dryRun().create();
            return spec(completed);
        } catch (KubernetesClientException refused) {
            throw new AssertionError("the API server does not take the planned pod " + pod, refused);
        }
    }

    private static ObjectNode node(Pod pod) {
        return MAPPER.valueToTree(pod);
    }

    private static PodSnapshot read(String json) throws IOException {
        try (JsonParser parser = PodReader.JSON.createParser(json)) {
            parser.nextToken();
            return PodReader.read(parser);
        }
    }
}
