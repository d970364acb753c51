package io.purser.local.machine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The folders of the environment's {@code PATH}. */
public final class SearchPath {

    private SearchPath() {}

    /** All of them, in their order. */
    public static List<Path> folders() {
        return folders(System.getenv().getOrDefault("PATH", ""));
    }

    /** The folders of a list that is written as {@code PATH} is; an empty entry is none. */
    public static List<Path> folders(String list) {
        return Arrays.stream(list.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList();
    }

    /** The first program of this name, if any. */
    public static Optional<Path> find(String program) {
        return folders().stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
