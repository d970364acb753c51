package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void saysItsNameAndVersion() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

        int exit = Main.run(new String[] {"--version"}, print, print);

        assertThat(exit).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("purser-agent (\\d+\\.\\d+\\.\\S+|\\(built from source\\))\n");
    }
}
