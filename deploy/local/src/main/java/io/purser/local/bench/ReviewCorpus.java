package io.purser.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * AdmissionReviews as API servers send them for the pods of 20 Deployments: environment, probes, resources, volumes and managed fields. Four in five ask
 * for one to three secrets, each rendered by a template of its own, by the peer's annotations, which both webhooks read. As an API server
 * would, each pod has its own random name for its token's volume and the second of its creation, and each review a UID.
 */
final class ReviewCorpus {

    private static final int DEPLOYMENTS = 20;
    private static final int PODS_OF_EACH = 25;
    private static final int STRANGERS_OF_EACH = 250; // so many that what is remembered of the last round is of no use
    private static final List<String> SECRETS = List.of("db", "cache", "tls");
    private static final String TOKEN_VOLUME = "kube-api-access-";
    private static final String RESTARTED = "restartedAt\":\"2026-01-01T00:00:00Z";
    private static final String UNIQUE_UID = "-000000000000";
    private static final String TIME = "\"time\":\"";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final boolean strangers;

    /** @param strangers whether each pod is annotated otherwise than every other, as if it were the first of its Deployment */
    ReviewCorpus(boolean strangers) {
        this.strangers = strangers;
    }

    /** Pods of one to five containers: 3 to 18 KB, most of them between 5 and 16. */
    List<byte[]> usual() {
        return reviews(number -> 1 + number % 5);
    }

    /** Pods with so many containers each. */
    List<byte[]> ofContainers(int containers) {
        return reviews(number -> containers);
    }

    /** One pod of each Deployment in turn. */
    private List<byte[]> reviews(IntFunction<Integer> containers) {
        List<byte[]> reviews = new ArrayList<>();
        for (int pod = 0; pod < (strangers ? STRANGERS_OF_EACH : PODS_OF_EACH); pod++) {
            for (int i = 0; i < DEPLOYMENTS; i++) {
                reviews.add(pod(review(i, containers.apply(i)), pod * DEPLOYMENTS + i)
                        .getBytes(UTF_8));
            }
        }
        return reviews;
    }

    private String pod(String review, int number) {
        String own = review.replace(TOKEN_VOLUME + "x2x4z", TOKEN_VOLUME + (10_000 + number))
                .replaceFirst(UNIQUE_UID, "-" + (100_000_000_000L + number))
                .replace(TIME + START, TIME + START.plusSeconds(number));
        return strangers ? own.replace(RESTARTED, RESTARTED + ", pod " + number) : own;
    }

    private static String review(int number, int containers) {
        List<String> annotations = annotations(number);
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"00000000-0000-4000-8000-000000000000",\
                "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
                "requestKind":{"group":"","version":"v1","kind":"Pod"},"requestResource":{"group":"","version":"v1","resource":"pods"},\
                "namespace":"shop","operation":"CREATE","userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller",\
                "uid":"5a1c","groups":["system:serviceaccounts","system:serviceaccounts:kube-system","system:authenticated"]},\
                "object":{"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"web-%d-7d4b9c6f5-","namespace":"shop","creationTimestamp":null,\
                "labels":{"app":"web","pod-template-hash":"7d4b9c6f5"},"annotations":{%s},\
                "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-7d4b9c6f5","uid":"5a1c","controller":true,\
                "blockOwnerDeletion":true}],"managedFields":[%s]},"spec":{"volumes":[%s],"containers":[%s],"restartPolicy":"Always",\
                "terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","serviceAccountName":"web","serviceAccount":"web",\
                "securityContext":{"runAsNonRoot":true},"schedulerName":"default-scheduler","tolerations":[\
                {"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],"priority":0,\
                "enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},"status":{}},"oldObject":null,"dryRun":false,\
                "options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}""".formatted(
                        number,
                        String.join(",", annotations),
                        managedFields(containers, annotations),
                        VOLUMES,
                        repeated(containers, c -> container(c, 6 + number)));
    }

    private static final String VOLUMES = """
            {"name":"config","configMap":{"name":"shop","defaultMode":420}},{"name":"kube-api-access-x2x4z","projected":{"sources":[\
            {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt",\
            "path":"ca.crt"}]}},{"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}],\
            "defaultMode":420}}""";

    private static List<String> annotations(int number) {
        List<String> annotations = new ArrayList<>(List.of(
                "\"kubectl.kubernetes.io/restartedAt\":\"2026-01-01T00:00:00Z\"",
                "\"prometheus.io/scrape\":\"true\"",
                "\"prometheus.io/port\":\"8080\""));
        if (number % 5 == 4) {
            return annotations;
        }
        annotations.addAll(List.of(
                peers("", "true"),
                peers("role", "web"),
                peers("auth-path", "auth/kubernetes"),
                peers("agent-limits-mem", "128Mi"),
                peers("log-level", "info")));
        for (String secret : SECRETS.subList(0, 1 + number % 3)) {
            annotations.add(peers("agent-inject-secret-" + secret, "secret/data/shop/" + secret));
            annotations.add(peers("agent-inject-template-" + secret, TEMPLATE.formatted(secret)));
            if (number % 2 == 1) {
                annotations.add(peers("agent-inject-perms-" + secret, "0400"));
            }
        }
        if (number % 4 == 0) {
            annotations.add(peers("agent-pre-populate-only", "true"));
        }
        return annotations;
    }

    private static final String TEMPLATE = """
            {{- with secret \\"secret/data/shop/%s\\" -}}\\nexport SHOP_USER=\\"{{ .Data.data.user }}\\"\\nexport SHOP_PASSWORD=\\"{{ .Data.data.password }}\\"\\n\
            {{- range $k, $v := .Data.data }}\\n# {{ $k }}\\n{{- end }}\\n{{- end }}\\n""";

    private static String peers(String name, String value) {
        return "\"vault.hashicorp.com/" + (name.isEmpty() ? "agent-inject" : name) + "\":\"" + value + "\"";
    }

    private static String container(int number, int variables) {
        String probe = """
                {"httpGet":{"path":"/ready","port":8080,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,\
                "failureThreshold":3}""";
        return """
                {"name":"c%d","image":"registry.example/shop/c%d:1","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[%s],\
                "resources":{"limits":{"memory":"256Mi","cpu":"1"},"requests":{"cpu":"100m","memory":"128Mi"}},"volumeMounts":[{"name":"config",\
                "mountPath":"/etc/shop"},{"name":"kube-api-access-x2x4z","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],\
                "livenessProbe":%s,"readinessProbe":%s,"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",\
                "imagePullPolicy":"IfNotPresent","securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}""".formatted(
                        number,
                        number,
                        repeated(
                                variables,
                                v -> "{\"name\":\"VARIABLE_" + v + "\",\"value\":\"the value of variable " + v + "\"}"),
                        probe,
                        probe);
    }

    private static String managedFields(int containers, List<String> annotations) {
        String names = String.join(
                ",",
                annotations.stream()
                        .map(annotation -> "\"f:" + annotation.substring(1, annotation.indexOf(':')) + ":{}")
                        .toList());
        return """
                {"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1",\
                "fieldsV1":{"f:metadata":{"f:annotations":{".":{},%s},"f:labels":{".":{},"f:app":{}},"f:ownerReferences":{}},"f:spec":{\
                "f:containers":{%s}}}}""".formatted(names, repeated(containers, ReviewCorpus::managedContainer));
    }

    private static String managedContainer(int number) {
        return """
                "k:{\\"name\\":\\"c%d\\"}":{".":{},"f:env":{".":{},%s},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:ports":{".":{},\
                "k:{\\"containerPort\\":8080,\\"protocol\\":\\"TCP\\"}":{".":{},"f:containerPort":{},"f:protocol":{}}},"f:resources":{}}""".formatted(
                        number,
                        repeated(
                                6,
                                v -> "\"k:{\\\"name\\\":\\\"VARIABLE_" + v
                                        + "\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}"));
    }

    private static String repeated(int count, IntFunction<String> part) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(part.apply(i));
        }
        return String.join(",", parts);
    }
}
