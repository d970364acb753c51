package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's process under rotation every two seconds: nothing grows. Two hours with {@code -Pfaults}. */
class SoakTest {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("purser.soak.seconds", 20));
    private static final Duration ROTATION = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    /** One look at the process. */
    private record Sample(long second, long rss, long threads, long descriptors) {}

    @Test
    void nothingGrows() throws Exception {
        FaultBench bench = new FaultBench(Files.createDirectories(directory.resolve("pod")), 1);
        AgentProcess agent = AgentProcess.start(bench.pod, bench.config("1s"), directory.resolve("agent.log"));
        List<Sample> samples = new ArrayList<>();
        long start = System.nanoTime();
        int rotations = 0;
        while (System.nanoTime() - start < LENGTH.toNanos()) {
            bench.secret("v" + ++rotations);
            LockSupport.parkNanos(ROTATION.toNanos());
            long second = (System.nanoTime() - start) / 1_000_000_000L;
            samples.add(new Sample(second, agent.status("VmRSS"), agent.status("Threads"), agent.descriptors()));
            keep(samples);
        }
        assertThat(agent.terminate()).isZero();
        bench.assertNothingLeft();
        bench.close();
        Sample settled = samples.get(samples.size() / 2);
        Sample last = samples.get(samples.size() - 1);
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(settled.threads() + 2);
        assertThat(last.descriptors()).as("descriptors").isLessThanOrEqualTo(settled.descriptors() + 4);
        assertThat(last.rss()).as("kB resident").isLessThan(settled.rss() * 5 / 4);
        assertThat(last.rss()).as("kB resident").isLessThan(90_000);
    }

    /** The samples, for who wants to see the curve. */
    private static void keep(List<Sample> samples) throws IOException {
        String file = System.getProperty("purser.soak.file");
        if (file != null) {
            Sample last = samples.get(samples.size() - 1);
            Files.writeString(
                    Path.of(file),
                    last.second() + "\t" + last.rss() + "\t" + last.threads() + "\t" + last.descriptors() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
