package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.webhook.plan.PatchOperations.PatchException;
import io.purser.webhook.pod.JsonTree;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6902, and where the peer's library goes past it. */
class PatchOperationsTest {

    private static final String CONTAINER = "{\"name\":\"a\",\"env\":[{\"name\":\"X\"},{\"name\":\"Y\"}],"
            + "\"resources\":{\"limits\":{\"cpu\":\"1\"}},\"a/b\":1,\"m~n\":2,\"n\":1.0}";

    private static String apply(String patch) throws PatchException, IOException {
        Map<String, Object> container = Tree.copyOf((Map<?, ?>) JsonTree.read(CONTAINER));
        return JsonTree.text(PatchOperations.parse(patch, false).apply(container));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"op\":\"add\",\"path\":\"/env/-\",\"value\":{\"name\":\"Z\"}}] | [{\"name\":\"X\"},{\"name\":\"Y\"},{\"name\":\"Z\"}]",
                "[{\"op\":\"add\",\"path\":\"/env/0\",\"value\":{\"name\":\"Z\"}}] | [{\"name\":\"Z\"},{\"name\":\"X\"}",
                "[{\"op\":\"remove\",\"path\":\"/env/0\"}] | \"env\":[{\"name\":\"Y\"}]",
                "[{\"op\":\"remove\",\"path\":\"/env/-1\"}] | \"env\":[{\"name\":\"X\"}]",
                "[{\"op\":\"replace\",\"path\":\"/env/1/name\",\"value\":\"Q\"}] | {\"name\":\"Q\"}",
                "[{\"op\":\"move\",\"from\":\"/name\",\"path\":\"/image\"}] | \"image\":\"a\"",
                "[{\"op\":\"copy\",\"from\":\"/env/0\",\"path\":\"/env/2\"}] | {\"name\":\"Y\"},{\"name\":\"X\"}]",
                "[{\"op\":\"test\",\"path\":\"/n\",\"value\":1},{\"op\":\"add\",\"path\":\"/tty\",\"value\":true}] | \"tty\":true",
                "[{\"op\":\"test\",\"path\":\"/none\",\"value\":null}] | \"name\":\"a\"",
                "[{\"op\":\"replace\",\"path\":\"/a~1b\",\"value\":7}] | \"a/b\":7",
                "[{\"op\":\"replace\",\"path\":\"/m~0n\",\"value\":7}] | \"m~n\":7",
                "[{\"op\":\"replace\",\"path\":\"\",\"value\":{\"name\":\"b\"}}] | {\"name\":\"b\"}",
                "null | \"name\":\"a\"",
                "[] | \"name\":\"a\""
            })
    void isCarriedOut(String patch, String contained) throws PatchException, IOException {
        assertThat(apply(patch)).contains(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add /env",
                "{}",
                "[1]",
                "[] []",
                "[{\"path\":\"/name\"}]",
                "[{\"op\":\"graft\",\"path\":\"/name\"}]",
                "[{\"op\":\"add\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":\"/tty\"}]",
                "[{\"op\":\"add\",\"path\":\"tty\",\"value\":1}]",
                "[{\"op\":\"add\",\"path\":\"/lifecycle/postStart\",\"value\":{}}]",
                "[{\"op\":\"add\",\"path\":\"/env/7\",\"value\":{}}]",
                "[{\"op\":\"add\",\"path\":\"/env/x\",\"value\":{}}]",
                "[{\"op\":\"remove\",\"path\":\"/none\"}]",
                "[{\"op\":\"remove\",\"path\":\"\"}]",
                "[{\"op\":\"replace\",\"path\":\"/none\",\"value\":1}]",
                "[{\"op\":\"move\",\"from\":\"/none\",\"path\":\"/x\"}]",
                "[{\"op\":\"copy\",\"path\":\"/x\"}]",
                "[{\"op\":\"test\",\"path\":\"/name\",\"value\":\"b\"}]",
                "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"plenty\"}]"
            })
    void isRefused(String patch) {
        assertThatThrownBy(() -> apply(patch)).isInstanceOf(PatchException.class);
    }

    /** As the peer's library does, whose patches in the field replace what is not there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"op\":\"replace\",\"path\":\"/tty\",\"value\":true}] | \"tty\":true",
                "[{\"op\":\"replace\",\"path\":\"/resources/limits/memory\",\"value\":\"1Gi\"}] | \"memory\":\"1Gi\"",
                "[{\"op\":\"copy\",\"from\":\"/none\",\"path\":\"/tty\"}] | \"tty\":null"
            })
    void aMemberThatIsNotThereIsReplacedForThePeer(String patch, String contained) throws PatchException, IOException {
        Map<String, Object> container = Tree.copyOf((Map<?, ?>) JsonTree.read(CONTAINER));
        assertThat(JsonTree.text(PatchOperations.parse(patch, true).apply(container)))
                .contains(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"op\":\"replace\",\"path\":\"/none/x\",\"value\":1}]",
                "[{\"op\":\"replace\",\"path\":\"/env/7\",\"value\":1}]",
                "[{\"op\":\"move\",\"from\":\"/none\",\"path\":\"/x\"}]",
                "[{\"op\":\"remove\",\"path\":\"/none\"}]"
            })
    void whatThePeerRefusesIsRefused(String patch) throws IOException {
        Map<String, Object> container = Tree.copyOf((Map<?, ?>) JsonTree.read(CONTAINER));
        assertThatThrownBy(() -> PatchOperations.parse(patch, true).apply(container))
                .isInstanceOf(PatchException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"image\":\"\"} | it has no image",
                "{\"image\":\"a\",\"securityContext\":{\"runAsUser\":-5}} | runAsUser is not from 0 to 2147483647",
                "{\"image\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"1\"},\"requests\":{\"cpu\":1.5}}} | the request of cpu is above its limit",
                "{\"image\":\"a\",\"resources\":{\"limits\":{\"cpu\":\"-1\"}}} | the amount of cpu is negative"
            })
    void whatTheApiServerRefusesIsNamed(String container, String problem) throws IOException {
        assertThat(ContainerRules.problem(Tree.copyOf((Map<?, ?>) JsonTree.read(container))))
                .isEqualTo(problem);
    }

    @Test
    void whatIsTheSameAsAbsentIsLeftOut() throws IOException {
        Map<?, ?> container = (Map<?, ?>)
                JsonTree.read(
                        "{\"name\":\"a\",\"tty\":false,\"stdin\":true,\"workingDir\":\"\",\"ports\":[],\"resources\":{},\"nosuch\":1}");
        assertThat(JsonTree.text(ContainerSchema.known(Tree.copyOf(container))))
                .isEqualTo("{\"name\":\"a\",\"stdin\":true}");
    }

    @Test
    void theContainerItselfStaysAsItWas() throws PatchException, IOException {
        Map<String, Object> container = Tree.copyOf((Map<?, ?>) JsonTree.read(CONTAINER));
        PatchOperations.parse("[{\"op\":\"remove\",\"path\":\"/resources/limits/cpu\"}]", false)
                .apply(container);
        assertThat(JsonTree.text(container)).isEqualTo(CONTAINER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"resources\":\"plenty\"} | /resources is not an object",
                "{\"resources\":{\"limits\":{\"cpu\":\"1Gb\"}}} | /resources/limits/0 is not a quantity",
                "{\"env\":[{\"name\":1}]} | /env/0/name is not a text",
                "{\"securityContext\":{\"runAsUser\":\"0\"}} | /securityContext/runAsUser is not a whole number",
                "{\"tty\":\"yes\"} | /tty is not true or false",
                "{\"command\":\"sh\"} | /command is not a list",
                "{\"startupProbe\":{\"httpGet\":{\"port\":true}}} | /startupProbe/httpGet/port is not a number or a text"
            })
    void whatIsNoContainerIsNamed(String container, String problem) throws IOException {
        assertThat(ContainerSchema.problem(Tree.copyOf((Map<?, ?>) JsonTree.read(container))))
                .isEqualTo(problem);
    }
}
