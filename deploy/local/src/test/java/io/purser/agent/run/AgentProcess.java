package io.purser.agent.run;

import com.bettercloud.vault.json.JsonObject;
import com.google.re2j.Pattern;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The agent as the process that a pod runs. */
final class AgentProcess {

    /** The distribution's launcher, for who wants to see that and not the classes just built. */
    private static final @Nullable String DISTRIBUTION = System.getProperty("purser.agent.program");

    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx16m", "-Xmn2m", "-Xss256k");

    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it; its log goes to the end of {@code log}. */
    static AgentProcess start(Path pod, String config, Path log, String... arguments) throws IOException {
        return start(List.of(), pod, config, log, arguments);
    }

    /**
     * Starts it below another program.
     *
     * @param wrapper what the command is given to
     */
    static AgentProcess start(List<String> wrapper, Path pod, String config, Path log, String... arguments)
            throws IOException {
        Path file = Files.writeString(log.resolveSibling("config.json"), config);
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(program());
        command.addAll(List.of("--config", file.toString(), "--root", pod.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new AgentProcess(process, log);
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM, and the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exit();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exit();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the agent did not end");
        }
        return process.exitValue();
    }

    /** A figure of {@code /proc/PID/status}, for example {@code VmRSS} in kB or {@code Threads}. */
    long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Open file descriptors. */
    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            return open.count();
        }
    }

    private static List<String> program() {
        if (DISTRIBUTION != null) {
            return List.of(DISTRIBUTION);
        }
        List<String> program = new ArrayList<>();
        program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.addAll(FLAGS);
        program.addAll(List.of("-cp", classPath(), Main.class.getName()));
        return program;
    }

    private static String classPath() {
        return Stream.of(Main.class, JsonObject.class, Pattern.class, Yaml.class)
                .map(AgentProcess::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
