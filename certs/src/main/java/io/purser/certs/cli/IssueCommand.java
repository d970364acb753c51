package io.purser.certs.cli;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.InvalidPemException;
import io.purser.certs.authority.Leaf;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.volume.LeafFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Certificates as files, for an installation that is given its certificates. */
@Command(
        name = "issue",
        description =
                "Issues a serving certificate as files, without a cluster: tls.crt, tls.key, and ca.crt to trust.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class IssueCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "a DNS name or IP address of the server, for example purser-webhook.purser.svc; may be"
                    + " repeated")
    private List<String> names = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "where the files are put")
    private Path folder = Path.of("");

    @Option(
            names = "--validity",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "365d",
            description = "how long the certificate lasts (default: ${DEFAULT-VALUE})")
    private Duration validity = Duration.ofDays(365);

    @ArgGroup(exclusive = false)
    private @Nullable Given given;

    /** An authority that is there already. */
    static final class Given {
        @Option(
                names = "--ca-cert",
                paramLabel = "FILE",
                required = true,
                description = "PEM of an authority's certificate; unset: a new authority is made, its key thrown away")
        private Path certificate = Path.of("");

        @Option(
                names = "--ca-key",
                paramLabel = "FILE",
                required = true,
                description = "PEM (PKCS#8) of the authority's key")
        private Path key = Path.of("");
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Instant now = Instant.now();
            CertificateAuthority authority = authority(now);
            Leaf leaf = authority.issue(names, validity, now);
            Files.createDirectories(folder);
            new LeafFiles(folder).write(leaf);
            Files.writeString(folder.resolve("ca.crt"), authority.certificatePem());
            PrintWriter out = spec.commandLine().getOut();
            out.println("purser: tls.crt and tls.key in " + folder + " are for " + String.join(", ", names) + " until "
                    + leaf.certificate().getNotAfter().toInstant() + "; clients trust them by ca.crt");
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("purser: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("purser: " + e + "; check the paths and their permissions");
            return 3;
        }
    }

    private CertificateAuthority authority(Instant now) throws IOException {
        if (given == null) {
            return CertificateAuthority.create(RotationPolicy.DEFAULT.caName(), validity, now);
        }
        try {
            return CertificateAuthority.fromPem(Files.readString(given.certificate), Files.readString(given.key));
        } catch (InvalidPemException e) {
            throw new IllegalArgumentException(given.certificate + " and " + given.key + ": " + e.getMessage(), e);
        }
    }
}
