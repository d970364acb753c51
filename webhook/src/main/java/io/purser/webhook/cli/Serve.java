package io.purser.webhook.cli;

import ch.qos.logback.classic.Level;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the webhook until the process is told to end. */
@Command(
        name = "serve",
        description = "Runs the webhook: answers the API server's AdmissionReviews over TLS.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        defaultValueProvider = EnvironmentDefaults.class,
        footer = {
            "",
            "Every option can also be given in the environment, as PURSER_NAME; the peer's AGENT_INJECT_... are understood too.",
            "SIGTERM: is not ready from then on, answers for the time of --drain, then ends with 0."
        })
public final class Serve implements Callable<Integer> {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    @Mixin
    private ServerFlags server = new ServerFlags();

    @CommandLine.Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private LogLevel logLevel = LogLevel.INFO;

    @CommandLine.Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            converter = Converters.ToLogFormat.class,
            description = "text or json (default: ${DEFAULT-VALUE})")
    private Logging.Format logFormat = Logging.Format.TEXT;

    private @Nullable CommandSpec spec;

    /** Log levels; the peer's other names for them are understood. */
    enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        NOTICE,
        WARN,
        WARNING,
        ERROR,
        ERR
    }

    @Spec
    void spec(CommandSpec own) {
        spec = own;
        SettingsFlags.addTo(own);
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        Logging.apply(level(), logFormat);
        try {
            Map<Option, String> options = SettingsFlags.options(commandLine.getParseResult(), System.getenv());
            Path policyFile = SettingsFlags.policyFile(commandLine.getParseResult(), System.getenv());
            Reviewer reviewer = new Reviewer(SettingsFlags.policies(options, policyFile));
            ServerSettings listening = server.settings();
            awaitFiles(listening.certificate());
            Webhook webhook = Webhook.start(listening, reviewer);
            if (policyFile != null) {
                new PolicyWatch(policyFile, options, webhook).begin();
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
        out.println("purser: ready at https://" + where + "/mutate"
                + (webhook.healthPort() == null ? "" : ", health and metrics on port " + webhook.healthPort()));
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

    private Level level() {
        return switch (logLevel) {
            case TRACE -> Level.TRACE;
            case DEBUG -> Level.DEBUG;
            case INFO, NOTICE -> Level.INFO;
            case WARN, WARNING -> Level.WARN;
            case ERROR, ERR -> Level.ERROR;
        };
    }
}
