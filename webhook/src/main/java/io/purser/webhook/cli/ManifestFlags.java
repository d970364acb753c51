package io.purser.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.purser.webhook.cli.manifest.ManifestException;
import io.purser.webhook.cli.manifest.YamlDocument;
import io.purser.webhook.cli.manifest.YamlStream;
import io.purser.webhook.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which manifests a command reads, and what they leave unsaid. */
final class ManifestFlags {

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "a manifest, a folder of them, or - for the standard input; can be given again")
    private List<String> names = List.of();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "namespace of objects that do not say theirs (default: ${DEFAULT-VALUE})")
    private String namespace = "";

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "judge as the webhook's path /mutate/NAME would; unset: as /mutate")
    private @Nullable String policy;

    /**
     * Where the pods are to be.
     *
     * @throws InputException when there is no such policy
     */
    PlannedPod.PodContext context(PolicySet policies) throws InputException {
        if (policies.get(policy) == null) {
            throw new InputException("There is no policy " + policy + "; --policy-file names the file that has it.");
        }
        return new PlannedPod.PodContext(namespace, policy);
    }

    /**
     * All documents of all files, in order.
     *
     * @throws InputException when a file is not there
     * @throws ManifestException when one is not YAML
     */
    List<YamlDocument> documents() throws InputException, ManifestException {
        List<YamlDocument> documents = new ArrayList<>();
        for (String name : names) {
            if (name.equals("-")) {
                documents.addAll(YamlStream.read("-", standardInput()));
            } else {
                for (Path file : files(Path.of(name))) {
                    documents.addAll(YamlStream.read(file.toString(), text(file)));
                }
            }
        }
        return documents;
    }

    private static List<Path> files(Path path) throws InputException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.filter(
                            file -> file.toString().matches(".*\\.(yaml|yml|json)") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new InputException("The folder " + path + " holds no .yaml, .yml or .json file.");
            }
            return files;
        } catch (IOException e) {
            throw InputException.unreadable("The folder", path, e);
        }
    }

    private static String text(Path file) throws InputException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InputException("The file " + file + " does not exist; -f - reads the standard input.");
        } catch (IOException e) {
            throw InputException.unreadable("The file", file, e);
        }
    }

    private static String standardInput() throws InputException {
        try {
            return new String(System.in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new InputException("The standard input cannot be read: " + e + ".");
        }
    }
}
