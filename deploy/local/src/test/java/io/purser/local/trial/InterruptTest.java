package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Ctrl-C in the middle of a trial: nothing is left behind. */
class InterruptTest {

    private static final Pattern AGENT = Pattern.compile("runs as process (\\d+)");

    @Test
    void noProcessAndNoFolderIsLeft() throws IOException, InterruptedException {
        Process trial = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.purser.local.Main",
                        "try",
                        TryRun.example("web").toString())
                .redirectErrorStream(true)
                .start();
        long agent = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(trial.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher matcher = AGENT.matcher(line);
                if (matcher.find()) {
                    agent = Long.parseLong(matcher.group(1));
                    new ProcessBuilder(List.of("kill", "-INT", String.valueOf(trial.pid())))
                            .start()
                            .waitFor();
                }
            }
        }

        assertThat(trial.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(agent).isPositive();
        assertThat(ProcessHandle.of(agent).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(TryRun.directories(trial.pid())).isEmpty();
    }
}
