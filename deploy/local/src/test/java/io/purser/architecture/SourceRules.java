package io.purser.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the house rules say of source text: the outer limits of size, and where everything may be caught. */
final class SourceRules {

    /** The habit is 250; this is the limit. */
    static final int MOST_LINES_OF_A_FILE = 400;

    /** The habit is 40; this is the limit. */
    static final int MOST_LINES_OF_A_METHOD = 60;

    private SourceRules() {}

    /**
     * The breaches in one file.
     *
     * @param path path below the repository, with forward slashes
     * @param text the file's text
     */
    static List<String> breaches(String path, String text) throws IOException {
        List<String> breaches = new ArrayList<>();
        long lines = text.lines().count();
        if (lines > MOST_LINES_OF_A_FILE) {
            breaches.add(path + " has " + lines + " lines, more than " + MOST_LINES_OF_A_FILE);
        }
        if (path.endsWith("/package-info.java") && !text.contains("@NullMarked")) {
            breaches.add(path + " is not @NullMarked");
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, List.of(new Source(path, text)));
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : task.parse()) {
            new Scanner(path, unit, positions, breaches).scan(unit, null);
        }
        return breaches;
    }

    private static boolean mayCatchEverything(String path) {
        return path.endsWith("/Main.java") || path.contains("/webhook/http/") || path.contains("/agent/run/");
    }

    private static final class Scanner extends TreeScanner<Void, Void> {

        private final String path;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> breaches;

        Scanner(String path, CompilationUnitTree unit, SourcePositions positions, List<String> breaches) {
            this.path = path;
            this.unit = unit;
            this.positions = positions;
            this.breaches = breaches;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            long lines = lastLine(method) - firstLine(method) + 1;
            if (lines > MOST_LINES_OF_A_METHOD) {
                breaches.add(path + ": " + method.getName() + " has " + lines + " lines, more than "
                        + MOST_LINES_OF_A_METHOD);
            }
            return super.visitMethod(method, none);
        }

        @Override
        public Void visitCatch(CatchTree caught, Void none) {
            String type = caught.getParameter().getType().toString();
            if ((type.equals("Exception") || type.equals("Throwable")) && !mayCatchEverything(path)) {
                breaches.add(path + ":" + firstLine(caught) + " catches " + type);
            }
            return super.visitCatch(caught, none);
        }

        private long firstLine(Tree tree) {
            return lineMap().getLineNumber(positions.getStartPosition(unit, tree));
        }

        private long lastLine(Tree tree) {
            return lineMap().getLineNumber(positions.getEndPosition(unit, tree));
        }

        private LineMap lineMap() {
            return unit.getLineMap();
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
