package io.purser.webhook.cli;

import io.purser.webhook.cli.manifest.ManifestException;
import io.purser.webhook.policy.PolicySet;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what the webhook would refuse or warn of, before anything is deployed. */
@Command(
        name = "lint",
        description =
                "Finds what the webhook would refuse or warn of in manifests, and templates in ConfigMaps that cannot be"
                        + " parsed.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing found (warnings count with --strict only)",
            "1:a pod would be refused, or a manifest or template cannot be read",
            "2:the command was misused"
        })
public final class Lint implements Callable<Integer> {

    @Mixin
    private ManifestFlags manifests = new ManifestFlags();

    @Option(names = "--strict", description = "warnings count as violations")
    private boolean strict;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Form form = Form.TEXT;

    private @Nullable CommandSpec spec;

    /** How findings are printed. */
    enum Form {
        TEXT,
        JSON,
        SARIF
    }

    @Spec
    void spec(CommandSpec own) {
        spec = own;
        SettingsFlags.addTo(own);
    }

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        try {
            PolicySet policies = SettingsFlags.policies(command.getParseResult());
            List<Finding> findings = new Linter(policies, manifests.context(policies)).lint(manifests.documents());
            print(command.getOut(), findings);
            boolean bad = findings.stream().anyMatch(finding -> strict || finding.severity() == Finding.Severity.ERROR);
            return bad ? 1 : 0;
        } catch (InputException e) {
            return Failures.tell(command, e.sentences(), 2);
        } catch (ManifestException e) {
            if (form != Form.TEXT) { // a program reads the standard output, and an empty one is no report
                print(command.getOut(), List.of(unreadable(e)));
            }
            return Failures.tell(command, List.of(String.valueOf(e.getMessage())), 1);
        }
    }

    private static Finding unreadable(ManifestException e) {
        return new Finding(Finding.Severity.ERROR, "unreadable-manifest", e.position(), "", "manifest", e.sentence());
    }

    private void print(PrintWriter out, List<Finding> findings) {
        switch (form) {
            case TEXT -> findings.forEach(out::println);
            case JSON -> out.println(LintReport.json(findings));
            case SARIF -> out.println(LintReport.sarif(findings));
        }
        out.flush();
    }
}
