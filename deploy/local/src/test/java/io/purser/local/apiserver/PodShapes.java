package io.purser.local.apiserver;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Pods of many shapes, each from a number and always the same: about a fifth ask for something that cannot be. */
final class PodShapes {
    private static final Map<String, Quantity> EQUAL = Map.of("cpu", new Quantity("1"), "memory", new Quantity("1Gi"));

    private static final String[][] NATIVE = {
        {"sidecar", "classic"},
        {"sidecar", "native"},
        {"inject", "init"},
        {"format-db", "env"},
        {"mode-db", "0640"},
        {"template-x", "{{ with secret \"kv/x\" }}{{ .Data.y }}{{ end }}"},
        {"templates", "web-templates,more"},
        {"notify-db", "http:8080/reload"},
        {"mount-path", "/srv/secrets"},
        {"containers", "app"},
        {"run-as-user", "2000"},
        {"limits-memory", "256Mi"},
        {"agent-port", "15000"},
        {"token-audience", "vault"},
        {"refresh-interval", "1m"},
        {"log-level", "debug"},
        {"extra-secret", "more"},
        {"init-first", "true"},
        {"json-patch", "[{\"op\":\"add\",\"path\":\"/terminationMessagePolicy\",\"value\":\"FallbackToLogsOnError\"}]"},
        {"volume-size", "4Mi"},
        {"mount-path-db", "/srv/db"},
        {"share-process-namespace", "true"},
        {"enable-quit", "true"},
        {"unheard-of", "x"}
    };
    private static final String[][] WRONG = {
        {"mode-db", "rwx"}, {"sidecar", "sideways"}, {"limits-memory", "lots"}, {"template-x", "{{"},
        {"run-as-user", "nobody"}, {"containers", "ghost"}, {"file-db", "../../etc/x"}, {"json-patch", "{}"},
        {"notify-db", "pigeon"}, {"store-address", "vault"}, {"limits-cpu", "1m"}
    };
    private static final String[][] PEERS = {
        {"agent-init-first", "true"},
        {"agent-pre-populate", "false"},
        {"agent-pre-populate-only", "true"},
        {"agent-inject-template-db", "{{ with secret \"kv/x\" }}{{ .Data.y }}{{ end }}"},
        {"secret-volume-path", "/srv/secrets"},
        {"secret-volume-path-db", "/srv/db"},
        {"agent-inject-containers", "app"},
        {"agent-cache-enable", "true"},
        {"tls-secret", "vault-tls"},
        {"ca-cert", "/vault/tls/ca.crt"},
        {"agent-run-as-user", "2000"},
        {"agent-extra-secret", "more"},
        {"agent-copy-volume-mounts", "app"},
        {"agent-limits-mem", "256Mi"},
        {"agent-inject-command-db", "date"},
        {"agent-init-json-patch", "[{\"op\":\"replace\",\"path\":\"/imagePullPolicy\",\"value\":\"Always\"}]"},
        {"agent-configmap", "agent-config"},
        {"agent-revoke-on-shutdown", "true"},
        {"agent-enable-quit", "true"},
        {"agent-share-process-namespace", "true"},
        {"agent-telemetry-statsd-address", "stats:8125"}
    };
    private static final String[][] PEERS_WRONG = {
        {"agent-limits-cpu", "half"},
        {"agent-pre-populate", "perhaps"},
        {"agent-inject-file-db", "../../etc/x"},
        {"auth-type", "bogus"},
        {"agent-requests-cpu", "900"},
        {"agent-revoke-grace", "soon"},
        {"agent-json-patch", "x"}
    };

    private final Random random;
    private final Pod pod;

    private PodShapes(String namespace, int number) {
        this.random = new Random(number);
        this.pod = Installation.pod(namespace, "shape-" + number, Map.of()).build();
    }

    /** The pod of that number. */
    static Pod shape(String namespace, int number) {
        PodShapes shapes = new PodShapes(namespace, number);
        shapes.containers();
        shapes.spec(shapes.pod.getSpec());
        shapes.pod.getMetadata().setAnnotations(shapes.annotations());
        return shapes.pod;
    }

    /** The same pod, made so that PodSecurity {@code restricted} has nothing against its own containers. */
    static Pod restricted(String namespace, int number) {
        Pod pod = shape(namespace, number);
        PodSpec spec = pod.getSpec();
        PodSecurityContext own = spec.getSecurityContext();
        spec.setSecurityContext(new PodSecurityContextBuilder(own == null ? new PodSecurityContext() : own)
                .withRunAsNonRoot(true)
                .withRunAsUser(1001L)
                .withSeccompProfile(new SeccompProfile(null, "RuntimeDefault"))
                .build());
        List<Container> all = new ArrayList<>(spec.getContainers());
        all.addAll(spec.getInitContainers());
        for (Container container : all) {
            SecurityContext context = container.getSecurityContext();
            container.setSecurityContext(new SecurityContextBuilder(context == null ? new SecurityContext() : context)
                    .withAllowPrivilegeEscalation(false)
                    .withCapabilities(new Capabilities(null, List.of("ALL")))
                    .build());
        }
        return pod;
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private void containers() {
        PodSpec spec = pod.getSpec();
        Container app = spec.getContainers().get(0);
        int more = oneIn(12) ? 29 : random.nextInt(3);
        for (int i = 0; i < more; i++) {
            spec.getContainers().add(container("side-" + i));
        }
        if (oneIn(6)) {
            spec.getContainers().add(container("istio-proxy"));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            Container init = container("init-" + i);
            init.setRestartPolicy(oneIn(4) ? "Always" : null);
            spec.getInitContainers().add(init);
        }
        if (oneIn(3)) {
            spec.getVolumes()
                    .add(new VolumeBuilder()
                            .withName("data")
                            .withNewEmptyDir()
                            .endEmptyDir()
                            .build());
            app.getVolumeMounts()
                    .add(new VolumeMountBuilder()
                            .withName("data")
                            .withMountPath(oneIn(5) ? "/srv" : "/data")
                            .build());
        }
        app.setPorts(oneIn(2) ? List.of() : List.of(port()));
        app.setResources(resources());
        if (oneIn(3)) {
            app.setSecurityContext(new SecurityContextBuilder()
                    .withRunAsUser(oneIn(4) ? 0L : 1234L)
                    .build());
        }
    }

    private Container container(String name) {
        return new ContainerBuilder()
                .withName(name)
                .withImage("registry.example/" + name + ":1")
                .withResources(oneIn(4) ? new ResourceRequirements(null, EQUAL, EQUAL) : null)
                .build();
    }

    private ContainerPort port() {
        return new ContainerPortBuilder()
                .withContainerPort(oneIn(3) ? 14321 : 8080)
                .withHostPort(oneIn(8) ? Integer.valueOf(8080) : null)
                .build();
    }

    private ResourceRequirements resources() {
        return switch (random.nextInt(3)) {
            case 0 -> new ResourceRequirements(null, EQUAL, EQUAL);
            case 1 ->
                new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity("10m"))
                        .build();
            default -> new ResourceRequirements();
        };
    }

    private void spec(PodSpec spec) {
        spec.setRestartPolicy(oneIn(4) ? "Never" : null);
        spec.setAutomountServiceAccountToken(oneIn(8) ? Boolean.FALSE : null);
        spec.setHostNetwork(oneIn(15) ? Boolean.TRUE : null);
        spec.setShareProcessNamespace(oneIn(6) ? Boolean.valueOf(oneIn(2)) : null);
        spec.setTerminationGracePeriodSeconds(oneIn(6) ? Long.valueOf(1) : null);
        if (oneIn(6)) {
            spec.setSecurityContext(
                    new PodSecurityContextBuilder().withFsGroup(3000L).build());
        }
        if (oneIn(25)) {
            spec.setOs(new PodOS("windows"));
        }
    }

    private Map<String, String> annotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("example.com/team", "a");
        if (oneIn(10)) {
            return annotations;
        }
        boolean peer = oneIn(2);
        String prefix = !peer ? "purser.io/" : oneIn(3) ? "openbao.org/" : "vault.hashicorp.com/";
        annotations.put(prefix + (peer ? "agent-inject" : "inject"), oneIn(15) ? "false" : "true");
        annotations.put(prefix + "role", "app");
        annotations.put(prefix + (peer ? "agent-inject-secret-db" : "secret-db"), "kv/data/db");
        for (int i = random.nextInt(4); i > 0; i--) {
            add(annotations, prefix, peer ? PEERS : NATIVE);
        }
        if (oneIn(5)) {
            add(annotations, prefix, peer ? PEERS_WRONG : WRONG);
        }
        return annotations;
    }

    private void add(Map<String, String> annotations, String prefix, String[][] from) {
        String[] chosen = from[random.nextInt(from.length)];
        annotations.put(prefix + chosen[0], chosen[1]);
    }
}
