package io.purser.local.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1MutatingWebhookConfiguration;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decodes objects with a model of the Kubernetes API that is not the product's, strictly: a field that the model does
 * not know, or that does not come back from it as it went in, is a fault.
 */
final class KubernetesModel {
    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("v1/Namespace", V1Namespace.class),
            Map.entry("v1/ServiceAccount", V1ServiceAccount.class),
            Map.entry("v1/Service", V1Service.class),
            Map.entry("v1/ConfigMap", V1ConfigMap.class),
            Map.entry("v1/Secret", V1Secret.class),
            Map.entry("apps/v1/Deployment", V1Deployment.class),
            Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class),
            Map.entry("rbac.authorization.k8s.io/v1/Role", V1Role.class),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding.class),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRole", V1ClusterRole.class),
            Map.entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", V1ClusterRoleBinding.class),
            Map.entry(
                    "admissionregistration.k8s.io/v1/MutatingWebhookConfiguration",
                    V1MutatingWebhookConfiguration.class));

    private KubernetesModel() {}

    static boolean knows(JsonNode object) {
        return TYPES.containsKey(type(object));
    }

    /** Every fault of the object against the model; none for a valid one. */
    static List<String> faults(JsonNode object) {
        Class<?> type = TYPES.get(type(object));
        if (type == null) {
            return List.of("no such kind: " + type(object));
        }
        JsonElement given = JsonParser.parseString(object.toString());
        try {
            Object decoded = JSON.getGson().fromJson(given, type);
            List<String> faults = new ArrayList<>();
            compare("", given, JSON.getGson().toJsonTree(decoded), faults);
            return faults;
        } catch (RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static String type(JsonNode object) {
        return object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    }

    private static void compare(String path, JsonElement given, JsonElement kept, List<String> faults) {
        if (given instanceof JsonObject fields && kept instanceof JsonObject keptFields) {
            for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
                String below = path + "/" + field.getKey();
                if (keptFields.has(field.getKey())) {
                    compare(below, field.getValue(), keptFields.get(field.getKey()), faults);
                } else {
                    faults.add(below + " is no field of the model");
                }
            }
        } else if (given instanceof JsonArray items && kept instanceof JsonArray keptItems) {
            for (int index = 0; index < items.size(); index++) {
                compare(path + "/" + index, items.get(index), keptItems.get(index), faults);
            }
        } else if (!given.equals(kept)) {
            faults.add(path + " is " + given + " but is read as " + kept);
        }
    }
}
