package io.purser.agent.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** Replaces a file in one step: a temporary file beside it, mode, fsync, rename. */
final class AtomicFile {

    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.purser-[0-9a-f]{8}", Pattern.DOTALL);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A file name has at most 255 bytes, and a character up to four of them. */
    private static final int LONGEST_STEM = 50;

    private AtomicFile() {}

    static void replace(Path target, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path temporary = temporaryFor(target);
        try {
            create(temporary, content, permissions);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        force(target.resolveSibling(""));
    }

    /** Makes a file that is not there yet; whoever may see it meanwhile sees a part. */
    static void create(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        // Nobody else may read a file that does not have its own mode yet.
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            Files.setPosixFilePermissions(file, permissions);
            channel.force(true);
        }
    }

    static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static Path temporaryFor(Path target) {
        return target.resolveSibling(temporaryName(String.valueOf(target.getFileName())));
    }

    static String temporaryName(String name) {
        String stem = name.length() > LONGEST_STEM ? name.substring(0, LONGEST_STEM) : name;
        return "." + stem + ".purser-" + randomSuffix();
    }

    /** Eight hexadecimal digits. */
    static String randomSuffix() {
        return HexFormat.of().toHexDigits(RANDOM.nextInt());
    }

    /** Makes the rename itself last. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
