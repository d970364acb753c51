package io.purser.webhook.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pod before and after its injection; the patch is applied by an independent library, as the API server would. */
record PatchedPod(Map<?, ?> before, Map<?, ?> after, Decision decision, String patch) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static PatchedPod of(String podJson, Admission admission, Settings settings) throws IOException {
        return of(podJson, admission, PolicySet.of(settings));
    }

    static PatchedPod of(String podJson, Admission admission, PolicySet policies) throws IOException {
        PodSnapshot pod = snapshot(podJson);
        Decision decision = Planner.decide(pod, admission, policies);
        Map<?, ?> before = (Map<?, ?>) JsonTree.read(podJson);
        if (!(decision instanceof Decision.Inject inject)) {
            return new PatchedPod(before, before, decision, "[]");
        }
        String patch = new String(io.purser.webhook.patch.JsonPatch.of(inject.plan(), pod), StandardCharsets.UTF_8);
        JsonNode after = JsonPatch.apply(MAPPER.readTree(patch), MAPPER.readTree(podJson));
        return new PatchedPod(before, (Map<?, ?>) JsonTree.read(after.toString()), decision, patch);
    }

    static PodSnapshot snapshot(String podJson) throws IOException {
        try (JsonParser parser = PodReader.JSON.createParser(podJson)) {
            parser.nextToken();
            return PodReader.read(parser);
        }
    }

    List<Map<?, ?>> containers(Map<?, ?> pod, String list) {
        Object spec = pod.get("spec");
        return Trees.objects(spec instanceof Map<?, ?> map ? map.get(list) : null);
    }

    static boolean isAgent(Map<?, ?> container) {
        return Trees.objects(container.get("env")).stream()
                .anyMatch(variable -> "PURSER_CONFIG".equals(variable.get("name")));
    }

    /** The agent's container in a list, or null. */
    Map<?, ?> agent(String list) {
        return containers(after, list).stream()
                .filter(PatchedPod::isAgent)
                .findFirst()
                .orElse(null);
    }

    Map<?, ?> volume(String name) {
        for (Map<?, ?> volume : containers(after, "volumes")) {
            if (name.equals(volume.get("name"))) {
                return volume;
            }
        }
        throw new AssertionError("no volume " + name);
    }

    /** The mounts that a container has now and had not before. */
    static List<Map<?, ?>> added(Map<?, ?> before, Map<?, ?> after, String list) {
        List<Map<?, ?>> added = new ArrayList<>(Trees.objects(after.get(list)));
        added.removeAll(Trees.objects(before.get(list)));
        return added;
    }
}
