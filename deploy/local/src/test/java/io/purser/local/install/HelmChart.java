package io.purser.local.install;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Renders the chart with Helm's own engine, which the test brings along. */
final class HelmChart {
    static final Path FOLDER = Path.of("..", "chart");

    private HelmChart() {}

    /** Renders with values given as YAML over the chart's own. */
    static Manifests render(String values) throws IOException {
        Path file = Files.writeString(Files.createTempFile("values", ".yaml"), values);
        try {
            TemplateCommand command = new Helm(FOLDER)
                    .template()
                    .withName("purser")
                    .withNamespace("purser")
                    .withKubeVersion("1.36")
                    .withValuesFile(file);
            return Manifests.parse(command.call());
        } finally {
            Files.delete(file);
        }
    }
}
