package io.purser.webhook.cli;

import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.http.HostPort;
import io.purser.webhook.http.ServerSettings;
import io.purser.webhook.http.Webhook;
import io.purser.webhook.policy.Option;
import io.purser.webhook.tls.CertificateFiles;
import io.purser.webhook.tls.UnusableCertificateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs the webhook until the process is told to end. The command is told in code and not in annotations: to read those costs a tenth of a start.
 */
public final class Serve implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ServerFlags server = new ServerFlags();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private Serve() {
        spec.name("serve").versionProvider(new Version()).defaultValueProvider(new EnvironmentDefaults());
        spec.usageMessage()
                .description("Runs the webhook: answers the API server's AdmissionReviews over TLS.")
                .sortOptions(false)
                .footer(
                        "",
                        "Every option can also be given in the environment, as PURSER_NAME; the peer's AGENT_INJECT_..."
                                + " are understood too.",
                        "SIGTERM: is not ready from then on, answers for the time of --drain, then ends with 0.");
        server.addTo(spec);
        SettingsFlags.addTo(spec);
        StandardFlags.addTo(spec);
    }

    /** The command {@code serve}. */
    public static CommandSpec command() {
        return new Serve().spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = spec.commandLine();
        server.applyLogging();
        EnvironmentDefaults.unknown(spec, System.getenv()).forEach(LOG::warn);
        try {
            Map<Option, String> options = SettingsFlags.options(commandLine.getParseResult(), System.getenv());
            Path policyFile = SettingsFlags.policyFile(commandLine.getParseResult(), System.getenv());
            PolicyWatch watch = policyFile == null ? null : new PolicyWatch(policyFile, options);
            Reviewer reviewer = new Reviewer(SettingsFlags.policies(options, policyFile));
            ServerSettings listening = server.settings();
            awaitFiles(listening.certificate());
            Webhook webhook = Webhook.start(listening, reviewer);
            if (watch != null) {
                watch.begin(webhook);
            }
            serve(webhook, listening, commandLine);
            return 0;
        } catch (InputException e) {
            return Failures.tell(commandLine, e.sentences(), 2);
        } catch (UnusableCertificateException e) {
            return Failures.tell(commandLine, List.of(String.valueOf(e.getMessage())), 1);
        } catch (IOException e) {
            return Failures.tell(commandLine, List.of(String.valueOf(e.getMessage())), 3);
        }
    }

    /** Returns when the process was told to end and the webhook has ended politely. */
    private static void serve(Webhook webhook, ServerSettings settings, CommandLine commandLine)
            throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(webhook, ended), "drain"));
        HostPort where = new HostPort(settings.listen().host(), webhook.port());
        PrintWriter out = commandLine.getOut();
        String whyNot = webhook.whyNotReady();
        out.println("purser: " + (whyNot == null ? "" : "not ") + "ready at https://" + where + "/mutate"
                + (webhook.healthPort() == null ? "" : ", health and metrics on port " + webhook.healthPort())
                + (whyNot == null ? "" : ". " + whyNot));
        out.flush();
        ended.await();
    }

    private static void drain(Webhook webhook, CountDownLatch ended) {
        try {
            webhook.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
            // A JVM that was told to end by a signal ends with 128 and the signal's number, however orderly it was.
            Runtime.getRuntime().halt(0);
        }
    }

    /** Another container may be about to write them. */
    private void awaitFiles(CertificateFiles files) throws InterruptedException {
        long end = System.nanoTime() + server.tlsWait().toNanos();
        while (!(Files.exists(files.certificate()) && Files.exists(files.key())) && System.nanoTime() < end) {
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
