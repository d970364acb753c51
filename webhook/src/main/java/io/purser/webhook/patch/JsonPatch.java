package io.purser.webhook.patch;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.purser.webhook.plan.InjectionPlan;
import io.purser.webhook.plan.InjectionPlan.Addition;
import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Writes an injection plan as an RFC 6902 patch of {@code add} operations only. Where the pod has no list yet, the whole list
 * is added; mounts come before the agent's containers, while the pod's own still stand where they stood.
 */
public final class JsonPatch {

    private final JsonGenerator out;

    private JsonPatch(JsonGenerator out) {
        this.out = out;
    }

    /**
     * The patch as UTF-8 JSON.
     *
     * @param pod the pod that the plan was made for
     */
    public static byte[] of(InjectionPlan plan, PodSnapshot pod) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        try (JsonGenerator out = PodReader.JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
            new JsonPatch(out).write(plan, pod);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private void write(InjectionPlan plan, PodSnapshot pod) throws IOException {
        out.writeStartArray();
        elements("/spec/volumes", pod.volumes().isEmpty(), plan.volumes());
        for (Addition addition : plan.mounts()) {
            elements(path(addition) + "/volumeMounts", addition.listIsEmpty(), addition.elements());
        }
        for (Addition addition : plan.env()) {
            elements(path(addition) + "/env", addition.listIsEmpty(), addition.elements());
        }
        if (plan.initContainer() != null) {
            initContainer(plan.initContainer(), plan.initPosition(), pod);
        }
        if (plan.sidecar() != null) {
            elements("/spec/containers", pod.containers().isEmpty(), List.of(plan.sidecar()));
        }
        if (plan.shareProcessNamespace() != null) {
            add("/spec/shareProcessNamespace", plan.shareProcessNamespace());
        }
        annotations(plan.annotations(), pod);
        out.writeEndArray();
    }

    private static String path(Addition addition) {
        return (addition.init() ? "/spec/initContainers/" : "/spec/containers/") + addition.index();
    }

    private void initContainer(Map<String, Object> container, int position, PodSnapshot pod) throws IOException {
        if (pod.initContainers().isEmpty()) {
            add("/spec/initContainers", List.of(container));
        } else if (position >= pod.initContainers().size()) {
            add("/spec/initContainers/-", container);
        } else {
            add("/spec/initContainers/" + position, container);
        }
    }

    private void annotations(Map<String, String> annotations, PodSnapshot pod) throws IOException {
        if (pod.annotations().isEmpty() && !annotations.isEmpty()) {
            add("/metadata/annotations", annotations);
            return;
        }
        for (Map.Entry<String, String> entry : annotations.entrySet()) {
            String key = entry.getKey().replace("~", "~0").replace("/", "~1");
            add("/metadata/annotations/" + key, entry.getValue());
        }
    }

    private void elements(String path, boolean listIsEmpty, List<Map<String, Object>> elements) throws IOException {
        if (listIsEmpty && !elements.isEmpty()) {
            add(path, elements);
            return;
        }
        for (Map<String, Object> element : elements) {
            add(path + "/-", element);
        }
    }

    private void add(String path, Object value) throws IOException {
        out.writeStartObject();
        out.writeStringField("op", "add");
        out.writeStringField("path", path);
        out.writeFieldName("value");
        JsonTree.write(value, out);
        out.writeEndObject();
    }
}
