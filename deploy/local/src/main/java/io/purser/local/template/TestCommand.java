package io.purser.local.template;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Unit tests for templates. */
@Command(
        name = "test",
        description = {
            "Renders every X.tmpl of the folders against X.secrets.json and compares with X.expected, byte by byte.",
            "A template that must fail has X.error instead. Optional beside it: X.env.json, X.options.json, and a folder"
                    + " X.files that stands for / for the function file."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "%nX.secrets.json maps a request to the store's JSON answer:%n",
            "  {\"kv/app\": {\"data\": {\"user\": \"svc\"}}, \"LIST kv\": {\"data\": {\"keys\": [\"app\"]}},",
            "   \"PUT pki/issue/web common_name=web ttl=1h\": {\"data\": {...}}}%n",
            "Lines 'contains: TEXT' in X.error must be part of the message."
        })
public final class TestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "folders, searched to any depth, or single templates")
    private List<Path> paths = List.of();

    @Option(
            names = "--update",
            description = "writes what is rendered to X.expected instead of comparing; read the diff")
    private boolean update;

    @Option(
            names = {"-q", "--quiet"},
            description = "prints failures and the summary only")
    private boolean quiet;

    @Spec
    private @Nullable CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        try {
            return run(templates());
        } catch (FixtureException e) {
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            err.println("purser test: " + e.getMessage());
            err.flush();
            return 1;
        }
    }

    private int run(List<Path> templates) {
        PrintWriter out = out();
        int passed = 0;
        int failed = 0;
        for (Path template : templates) {
            TemplateCase one = TemplateCase.of(template);
            TemplateCase.Verdict verdict = update ? one.update(clock.instant()) : one.run(clock.instant());
            if (verdict.passed()) {
                passed++;
                if (!quiet) {
                    out.println("ok   " + template);
                }
            } else {
                failed++;
                out.println("FAIL " + template);
                out.println(String.valueOf(verdict.failure()).indent(5).stripTrailing());
            }
        }
        if (passed + failed == 0) {
            out.println("no template was found: name a folder with files that end with .tmpl");
        }
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private List<Path> templates() {
        List<Path> templates = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isRegularFile(path)) {
                templates.add(path);
                continue;
            }
            try (Stream<Path> files = Files.walk(path)) {
                files.filter(file -> file.toString().endsWith(".tmpl") && Files.isRegularFile(file))
                        .sorted()
                        .forEach(templates::add);
            } catch (IOException | UncheckedIOException e) {
                throw new FixtureException(path + " cannot be read; check that it is a folder you may read", e);
            }
        }
        return templates;
    }
}
