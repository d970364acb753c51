package io.purser.agent.volume;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The permissions of a file.
 *
 * @param bits the nine permission bits, 0 to 0777
 */
public record FileMode(int bits) {

    private static final PosixFilePermission[] FROM_THE_LOWEST_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ
    };

    /** Refuses bits beyond the nine: set-user-id and its like mean nothing on a secret. */
    public FileMode {
        if (bits < 0 || bits > 0777) {
            throw new IllegalArgumentException(
                    "file mode " + Integer.toOctalString(bits) + " is out of range; give one from 0000 to 0777");
        }
    }

    /**
     * Reads a mode written in octal digits.
     *
     * @param text for example {@code 0640} or {@code 640}
     * @throws IllegalArgumentException with one sentence, if it is something else
     */
    public static FileMode parse(String text) {
        if (!text.matches("0?[0-7]{3}")) {
            throw new IllegalArgumentException(
                    "file mode \"" + text + "\" is not three or four octal digits; give one such as 0640");
        }
        return new FileMode(Integer.parseInt(text, 8));
    }

    Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < FROM_THE_LOWEST_BIT.length; bit++) {
            if ((bits & 1 << bit) != 0) {
                permissions.add(FROM_THE_LOWEST_BIT[bit]);
            }
        }
        return permissions;
    }

    /** As {@code ls} shows it. */
    @Override
    public String toString() {
        return PosixFilePermissions.toString(permissions());
    }
}
