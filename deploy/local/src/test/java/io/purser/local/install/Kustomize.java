package io.purser.local.install;

import io.purser.local.machine.SearchPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Renders a kustomization of this repository with the kubectl on PATH; without one, the test is reported skipped. */
public final class Kustomize {
    static final Path FOLDER = Path.of("..", "kubernetes");

    private Kustomize() {}

    static Manifests render(String folder) throws IOException, InterruptedException {
        return Manifests.parse(text(folder));
    }

    public static String text(String folder) throws IOException, InterruptedException {
        Assumptions.assumeTrue(onPath("kubectl"), "kubectl is not on PATH: the kustomizations were not rendered");
        Path errors = Files.createTempFile("kustomize", ".err");
        Process process = new ProcessBuilder(
                        "kubectl", "kustomize", FOLDER.resolve(folder).toString())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        String complaints = Files.readString(errors);
        Files.delete(errors);
        if (!ended || process.exitValue() != 0 || !complaints.isBlank()) {
            throw new AssertionError("kubectl kustomize " + folder + " said: " + complaints);
        }
        return output;
    }

    static boolean onPath(String program) {
        return SearchPath.find(program).isPresent();
    }
}
