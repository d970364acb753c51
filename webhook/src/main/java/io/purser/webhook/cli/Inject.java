package io.purser.webhook.cli;

import io.purser.webhook.cli.manifest.ManifestException;
import io.purser.webhook.cli.manifest.ManifestPod;
import io.purser.webhook.cli.manifest.ManifestPods;
import io.purser.webhook.cli.manifest.YamlDocument;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.policy.PolicySet;
import io.purser.webhook.policy.Violation;
import java.io.PrintWriter;
import java.util.ArrayList;
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

/** Shows what the webhook would make of manifests. */
@Command(
        name = "inject",
        description =
                "Prints manifests as the webhook would make them; documents without a pod pass through as they are.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:a pod is refused, or a manifest cannot be read", "2:the command was misused"})
public final class Inject implements Callable<Integer> {

    @Mixin
    private ManifestFlags manifests = new ManifestFlags();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "manifest",
            description =
                    "manifest; patch: the JSON patch of each object, one a line; report: decisions and reasons; json: all of"
                            + " it (default: ${DEFAULT-VALUE})")
    private Form form = Form.MANIFEST;

    private @Nullable CommandSpec spec;

    /** What is printed. */
    enum Form {
        MANIFEST,
        PATCH,
        REPORT,
        JSON
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
            return inject(policies, command);
        } catch (InputException e) {
            return Failures.tell(command, e.sentences(), 2);
        } catch (ManifestException e) {
            return Failures.tell(command, List.of(String.valueOf(e.getMessage())), 1);
        }
    }

    private int inject(PolicySet policies, CommandLine command) throws InputException, ManifestException {
        PlannedPod.PodContext context = manifests.context(policies);
        List<YamlDocument> documents = manifests.documents();
        StringBuilder manifest = new StringBuilder();
        List<InjectedPod> pods = new ArrayList<>();
        for (YamlDocument document : documents) {
            boolean changed = false;
            for (ManifestPod pod : ManifestPods.in(document)) {
                InjectedPod injected = InjectedPod.of(PlannedPod.of(pod, policies, context));
                changed |= injected.patch() != null;
                pods.add(injected);
            }
            append(manifest, changed ? document.rewritten() : document.text());
        }
        boolean refused = pods.stream().anyMatch(pod -> pod.decision() instanceof Decision.Reject);
        print(command.getOut(), refused ? "" : manifest.toString(), pods);
        tell(command, pods);
        return refused ? 1 : 0;
    }

    /** A document that was rewritten may lack the line break before the next one. */
    private static void append(StringBuilder manifest, String document) {
        if (!manifest.isEmpty() && manifest.charAt(manifest.length() - 1) != '\n') {
            manifest.append('\n');
        }
        manifest.append(document);
    }

    private void print(PrintWriter out, String manifest, List<InjectedPod> pods) {
        switch (form) {
            case MANIFEST -> out.print(manifest);
            case PATCH ->
                pods.stream().map(InjectedPod::patch).filter(Objects::nonNull).forEach(out::println);
            case REPORT -> pods.forEach(pod -> out.print(pod.report()));
            case JSON -> out.println(InjectedPod.json(pods));
        }
        out.flush();
    }

    private static void tell(CommandLine command, List<InjectedPod> pods) {
        List<String> sentences = new ArrayList<>();
        for (InjectedPod pod : pods) {
            if (pod.decision() instanceof Decision.Reject reject) {
                for (Violation violation : reject.violations()) {
                    sentences.add(pod.title() + " is refused: " + violation);
                }
            }
            pod.decision().warnings().forEach(warning -> sentences.add(pod.title() + ": warning: " + warning));
        }
        int unused = Failures.tell(command, sentences, 0);
    }
}
