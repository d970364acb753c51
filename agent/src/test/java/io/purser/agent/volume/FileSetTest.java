package io.purser.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSetTest {

    @TempDir
    private Path root;

    private Path mounted;
    private SecretVolumes volumes;

    @BeforeEach
    void mount() throws IOException {
        // As the laptop's runner lays it out: the mount is a link to the volume's folder.
        mounted = Files.createDirectory(root.resolve("emptydir"));
        Files.createSymbolicLink(root.resolve("secrets"), mounted);
        volumes = new SecretVolumes(root, List.of("/secrets"), true);
    }

    @Test
    void laysFilesOutAsTheKubeletDoes() throws Exception {
        assertThat(write("cert", "c1", "sub/key", "k1")).containsExactly("/secrets/cert", "/secrets/sub/key");
        Path set = mounted.resolve("..data").toRealPath();
        assertThat(set.getParent()).isEqualTo(mounted.toRealPath());
        assertThat(set.getFileName().toString()).matches("\\.\\.2\\d{3}(_\\d\\d){5}\\.[0-9a-f]{8}");
        assertThat(set.resolve("sub/key")).hasContent("k1");
        assertThat(Files.readSymbolicLink(mounted.resolve("cert"))).isEqualTo(Path.of("..data/cert"));
        assertThat(Files.readSymbolicLink(mounted.resolve("sub"))).isEqualTo(Path.of("..data/sub"));
        assertThat(mode("cert")).isEqualTo("rw-r-----");
        assertThat(mode("sub")).isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(set)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void aChangeSwitchesTheLinkAndLeavesNothingOfTheOldSet() throws Exception {
        write("cert", "c1", "key", "k1", "other", "o");
        Path before = mounted.resolve("..data").toRealPath();
        Object other = Files.getAttribute(before.resolve("other"), "unix:ino");

        assertThat(write("cert", "c2", "key", "k2")).containsExactly("/secrets/cert", "/secrets/key");

        assertThat(mounted.resolve("..data").toRealPath()).isNotEqualTo(before);
        assertThat(mounted.resolve("cert")).hasContent("c2");
        assertThat(mounted.resolve("key")).hasContent("k2");
        assertThat(mounted.resolve("other")).as("what is not named stays").hasContent("o");
        assertThat(Files.getAttribute(mounted.resolve("other"), "unix:ino"))
                .as("and takes no room twice")
                .isEqualTo(other);
        assertThat(before).doesNotExist();
        assertThat(names()).hasSize(5).contains("..data", "cert", "key", "other");
    }

    @Test
    void nothingIsSwitchedForBytesAndModesThatAreThere() throws Exception {
        write("cert", "c1", "key", "k1");
        Path before = mounted.resolve("..data").toRealPath();
        assertThat(write("cert", "c1", "key", "k1")).isEmpty();
        assertThat(mounted.resolve("..data").toRealPath()).isEqualTo(before);
        FileContent stricter = new FileContent("/secrets/key", "k1".getBytes(UTF_8), FileMode.parse("0400"));
        assertThat(volumes.write(List.of(stricter))).containsExactly("/secrets/key");
        assertThat(mode("key")).isEqualTo("r--------");
        assertThat(mode("cert")).isEqualTo("rw-r-----");
    }

    @Test
    void aLinkThatIsRemovedComesBack() throws Exception {
        write("cert", "c1");
        Files.delete(mounted.resolve("cert"));
        assertThat(write("cert", "c1")).isEmpty();
        assertThat(mounted.resolve("cert")).hasContent("c1");
    }

    @Test
    void aFileOfAnEarlierLayoutBecomesALink() throws Exception {
        Files.writeString(mounted.resolve("cert"), "old");
        write("cert", "c1");
        assertThat(mounted.resolve("cert")).isSymbolicLink().hasContent("c1");
    }

    @Test
    void aLinkOfSomebodyElseIsNotFollowed() throws Exception {
        Path outside = Files.createDirectory(root.resolve("..2026_01_01_00_00_00.00000000"));
        Files.createSymbolicLink(mounted.resolve("..data"), outside);
        write("cert", "c1");
        assertThat(outside).isEmptyDirectory();
        assertThat(mounted.resolve("..data").toRealPath().getParent()).isEqualTo(mounted.toRealPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "link"})
    void aNameThatIsTakenIsRefusedBeforeAnythingChanges(String taken) throws Exception {
        write("cert", "c1");
        Path before = mounted.resolve("..data").toRealPath();
        if (taken.equals("link")) {
            Files.createSymbolicLink(mounted.resolve("key"), root.resolve("elsewhere"));
        } else {
            Files.createDirectory(mounted.resolve("key"));
        }
        assertThatThrownBy(() -> write("cert", "c2", "key", "k1"))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("key")
                .hasMessageContaining("did not make");
        assertThat(mounted.resolve("..data").toRealPath()).isEqualTo(before);
        assertThat(mounted.resolve("cert")).hasContent("c1");
        assertThat(root.resolve("elsewhere")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..data/x", "../x", "..x"})
    void aNameThatTheVolumeNeedsIsRefused(String name) {
        assertThatThrownBy(() -> write(name, "a"))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining("..");
        assertThat(names()).isEmpty();
    }

    @Test
    void sweepsWhatAKilledAgentLeft() throws Exception {
        write("cert", "c1");
        Path half = Files.createDirectory(mounted.resolve("..2026_01_01_00_00_00.deadbeef"));
        Files.writeString(half.resolve("cert"), "ha");
        Files.createSymbolicLink(mounted.resolve("..data_tmp"), half.getFileName());
        Files.createSymbolicLink(mounted.resolve(".cert.purser-deadbeef"), Path.of("..data/cert"));
        Files.createDirectory(mounted.resolve("..not-ours"));
        volumes.sweep();
        assertThat(names()).hasSize(4).contains("..data", "cert", "..not-ours");
        assertThat(mounted.resolve("cert")).hasContent("c1");
    }

    private Set<String> write(String... pathsAndTexts) throws VolumeException {
        List<FileContent> files = new ArrayList<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.add(new FileContent(
                    "/secrets/" + pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(UTF_8), FileMode.parse("0640")));
        }
        return volumes.write(files);
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(mounted.resolve(path).toRealPath(), LinkOption.NOFOLLOW_LINKS));
    }

    private List<String> names() {
        try (Stream<Path> entries = Files.list(mounted)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
