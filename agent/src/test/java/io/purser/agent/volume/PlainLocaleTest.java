package io.purser.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the image there is no locale, so that the runtime's names of files are ASCII; those on a volume need not be. */
class PlainLocaleTest {

    private static final String FOLDER_OF_AN_APPLICATION =
            "mkdir \"$(printf '\\303\\244')\" && touch \"$(printf '\\303\\244')/\"";

    @TempDir
    Path root;

    @Test
    void sweepsAVolumeWhoseNamesTheLocaleCannotSay() throws Exception {
        assertThat(run("sh", "-c", FOLDER_OF_AN_APPLICATION + ".db.purser-0123abcd"))
                .isZero();
        assertThat(run(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sweep.class.getName(),
                        root.toString()))
                .isZero();
        assertThat(run("sh", "-c", "test -z \"$(find . -type f)\" && test -n \"$(find . -mindepth 1 -type d)\""))
                .isZero();
    }

    private int run(String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).inheritIO();
        builder.environment().put("LC_ALL", "C");
        return builder.start().waitFor();
    }

    /** What the agent does at its start. */
    public static final class Sweep {

        private Sweep() {}

        public static void main(String... args) throws Exception {
            new SecretVolume(Path.of(args[0]), "/").sweep();
        }
    }
}
