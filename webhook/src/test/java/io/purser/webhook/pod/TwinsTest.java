package io.purser.webhook.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwinsTest {

    private static final String VOLUME = "kube-api-access-aaaaa";

    @Test
    void podsAreTwinsWhateverTheVolumeOfTheirTokenIsCalled() {
        assertThat(Twins.are(pod(VOLUME), pod(VOLUME))).isTrue();
        assertThat(Twins.are(pod(VOLUME), pod("kube-api-access-bbbbb"))).isTrue();
        assertThat(Twins.hash(pod(VOLUME))).isEqualTo(Twins.hash(pod("kube-api-access-bbbbb")));
    }

    @Test
    void onlyANameThatTheApiServerGivesStandsForAnother() {
        assertThat(Twins.are(pod(VOLUME), pod("kube-api-access-bbbbbb"))).isFalse();
        assertThat(Twins.are(pod("data"), pod("logs"))).isFalse();
        assertThat(Twins.are(pod(VOLUME), pod("kube-api-access-\",\"x\""))).isFalse();
        assertThat(Twins.are(pod(VOLUME), pod("kube-api-access-äöüäö"))).isFalse();
        assertThat(Twins.tokenVolume(pod("data"))).isNull();
    }

    /** A name that is the token's volume in one pod and another volume in the other. */
    @Test
    void aNameStandsForOneVolumeOnly() {
        PodSnapshot one = withMount(pod(VOLUME), "kube-api-access-bbbbb");
        PodSnapshot other = withMount(pod("kube-api-access-bbbbb"), "kube-api-access-bbbbb");
        assertThat(Twins.are(one, other)).isFalse();
        assertThat(Twins.are(other, one)).isFalse();
    }

    /** Each component of each record is changed alone, so that one that is added to a record and not compared is found. */
    @Test
    void aPodThatDiffersInAnythingIsNoTwin() throws Exception {
        PodSnapshot pod = pod(VOLUME);
        List<Object> variants = variants(pod);
        assertThat(variants).hasSizeGreaterThan(35);
        for (Object variant : variants) {
            assertThat(Twins.are(pod, (PodSnapshot) variant)).as("%s", variant).isFalse();
            assertThat(Twins.are((PodSnapshot) variant, pod)).as("%s", variant).isFalse();
        }
    }

    private static PodSnapshot pod(String volume) {
        Mount mount = new Mount(volume, "/var/run/token", true, "a", "b", "None", "Disabled");
        SecurityContext users = new SecurityContext(1L, 2L, 3L);
        Container container = new Container(
                "web",
                0,
                List.of(mount),
                List.of(new EnvVar("HOME", "/")),
                List.of(8080),
                new Resources(Map.of("cpu", "1"), Map.of("memory", "1Gi")),
                users,
                "Always");
        return new PodSnapshot(
                "web-0",
                Map.of("purser.io/inject", "true"),
                "Pending",
                "web",
                false,
                false,
                false,
                "Always",
                Duration.ofSeconds(30),
                users,
                List.of(new Volume(volume, "projected", List.of(new Volume.ProjectedToken("store", "token")))),
                List.of(container),
                List.of(container));
    }

    private static PodSnapshot withMount(PodSnapshot pod, String volume) {
        Mount mount = new Mount(volume, "/data", false, null, null, null, null);
        Container old = pod.containers().get(0);
        Container container = new Container(
                old.name(),
                old.index(),
                List.of(mount),
                old.env(),
                old.ports(),
                old.resources(),
                old.securityContext(),
                old.restartPolicy());
        return new PodSnapshot(
                pod.name(),
                pod.annotations(),
                pod.phase(),
                pod.serviceAccount(),
                pod.hostNetwork(),
                pod.windows(),
                pod.shareProcessNamespace(),
                pod.restartPolicy(),
                pod.terminationGrace(),
                pod.securityContext(),
                pod.volumes(),
                pod.initContainers(),
                List.of(container));
    }

    /** All values that differ from this one in one place. */
    private static List<Object> variants(Object value) throws Exception {
        if (value instanceof Record) {
            return variantsOfRecord(value);
        }
        if (value instanceof List<?> list) {
            List<Object> variants = new ArrayList<>(List.of(List.of()));
            for (Object element : variants(list.get(0))) {
                variants.add(List.of(element));
            }
            return variants;
        }
        if (value instanceof Map<?, ?> map) {
            Map.Entry<?, ?> entry = map.entrySet().iterator().next();
            return List.of(
                    Map.of(),
                    Map.of(entry.getKey() + "x", entry.getValue()),
                    Map.of(entry.getKey(), entry.getValue() + "x"));
        }
        if (value instanceof Boolean flag) {
            return List.of(!flag);
        }
        if (value instanceof Integer number) {
            return List.of(number + 1);
        }
        if (value instanceof Long number) {
            return List.of(number + 1);
        }
        if (value instanceof Duration duration) {
            return List.of(duration.plusSeconds(1));
        }
        return List.of(value.equals(VOLUME) ? "data" : value + "x");
    }

    private static List<Object> variantsOfRecord(Object value) throws Exception {
        RecordComponent[] components = value.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = value.getClass().getDeclaredConstructor(types);
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = components[i].getAccessor().invoke(value);
        }
        List<Object> variants = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            Object kept = arguments[i];
            for (Object variant : variants(kept)) {
                arguments[i] = variant;
                variants.add(constructor.newInstance(arguments));
            }
            arguments[i] = kept;
        }
        return variants;
    }
}
