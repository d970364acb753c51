package io.purser.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import picocli.CommandLine;

/** {@code ./purser node} as a test. */
class NodeTest {

    @Test
    @EnabledIfSystemProperty(
            named = "purser.node",
            matches = "true",
            disabledReason = "a real node takes a quarter of an hour and root: -Dpurser.node=true")
    void everyExampleAndEveryCrashHolds() throws IOException {
        List<String> lacking = Programs.find().lacking();
        assumeTrue(lacking.isEmpty(), () -> String.join("; ", lacking));
        System.setProperty("purser.home", Path.of("..", "..").toString());
        StringWriter told = new StringWriter();

        int exit = new CommandLine(new NodeCommand())
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(told))
                .execute();
        System.getLogger(NodeTest.class.getName()).log(System.Logger.Level.INFO, "{0}", told);

        assertThat(exit).as(told.toString()).isZero();
        assertThat(told.toString()).contains("left at the store");
    }

    @Test
    void saysWhatItLacksAndWhereThatComesFrom() {
        assertThat(Programs.in(List.of(Path.of("src"))).lacking())
                .anySatisfy(sentence -> assertThat(sentence).contains("kubelet", "server archive"))
                .anySatisfy(sentence -> assertThat(sentence).contains("bao", "OpenBao"));
    }
}
