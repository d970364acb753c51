package io.purser.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * AdmissionReviews as API servers send them: pods of one to five containers with probes, environment, resources and managed fields, 3 to 16 KB; four in
 * five ask for secrets, half of those by the peer's annotations.
 */
final class ReviewCorpus {

    private static final int SIZE = 20;

    private ReviewCorpus() {}

    static List<byte[]> reviews() {
        List<byte[]> reviews = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            reviews.add(review(i).getBytes(UTF_8));
        }
        return reviews;
    }

    private static String review(int number) {
        int containers = 1 + number % 5;
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"00000000-0000-4000-8000-%012d",\
                "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
                "requestKind":{"group":"","version":"v1","kind":"Pod"},"requestResource":{"group":"","version":"v1","resource":"pods"},\
                "namespace":"shop","operation":"CREATE","userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller",\
                "uid":"5a1c","groups":["system:serviceaccounts","system:serviceaccounts:kube-system","system:authenticated"]},\
                "object":{"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"web-%d-7d4b9c6f5-","namespace":"shop","creationTimestamp":null,\
                "labels":{"app":"web","pod-template-hash":"7d4b9c6f5"},"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-01-01T00:00:00Z"%s},\
                "managedFields":[%s]},"spec":{"volumes":[%s],"containers":[%s],"restartPolicy":"Always","terminationGracePeriodSeconds":30,\
                "dnsPolicy":"ClusterFirst","serviceAccountName":"web","serviceAccount":"web","securityContext":{"runAsNonRoot":true},\
                "schedulerName":"default-scheduler","tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",\
                "effect":"NoExecute","tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},\
                "status":{}},"oldObject":null,"dryRun":false,"options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}""".formatted(
                        number,
                        number,
                        annotations(number),
                        repeated(containers, ReviewCorpus::managedFields),
                        TOKEN_VOLUME,
                        repeated(containers, c -> container(c, 4 + number)));
    }

    private static final String TOKEN_VOLUME = """
            {"name":"kube-api-access-x2x4z","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},\
            {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},{"downwardAPI":{"items":[{"path":"namespace",\
            "fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}],"defaultMode":420}}""";

    private static String annotations(int number) {
        if (number % 5 == 4) {
            return "";
        }
        String template =
                "{{ with secret \\\"secret/data/shop/db\\\" }}url=jdbc:postgresql://db/shop?user={{ .Data.data.user }}{{ end }}";
        return number % 2 == 0
                ? ",\"vault.hashicorp.com/agent-inject\":\"true\",\"vault.hashicorp.com/role\":\"web\","
                        + "\"vault.hashicorp.com/agent-inject-secret-db\":\"secret/data/shop/db\","
                        + "\"vault.hashicorp.com/agent-inject-template-db\":\"" + template + "\""
                : ",\"vault.hashicorp.com/agent-inject\":\"true\",\"vault.hashicorp.com/role\":\"web\","
                        + "\"vault.hashicorp.com/agent-inject-secret-db\":\"secret/data/shop/db\","
                        + "\"vault.hashicorp.com/agent-inject-secret-tls\":\"secret/data/shop/tls\","
                        + "\"vault.hashicorp.com/agent-pre-populate-only\":\"true\"";
    }

    private static String container(int number, int variables) {
        return """
                {"name":"c%d","image":"registry.example/shop/c%d:1","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[%s],\
                "resources":{"limits":{"memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"volumeMounts":[{"name":"kube-api-access-x2x4z",\
                "readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],"readinessProbe":{"httpGet":{"path":"/ready",\
                "port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},\
                "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}""".formatted(
                number,
                number,
                repeated(
                        variables,
                        v -> "{\"name\":\"VARIABLE_" + v + "\",\"value\":\"the value of variable " + v + "\"}"));
    }

    private static String managedFields(int number) {
        return """
                {"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1",\
                "fieldsV1":{"f:spec":{"f:containers":{"k:{\\"name\\":\\"c%d\\"}":{".":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:ports":{".":{},\
                "k:{\\"containerPort\\":8080,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},"f:resources":{}}}}}}""".formatted(number);
    }

    private static String repeated(int count, java.util.function.IntFunction<String> part) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part.apply(i));
        }
        return String.join(",", parts);
    }
}
