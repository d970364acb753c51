package io.purser.webhook.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.policy.AnnotationReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the reference of annotations. */
@Command(
        name = "annotations",
        description = "Prints every annotation: its names, its values, what holds without it, and what it does.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Annotations implements Callable<Integer> {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Form form = Form.TEXT;

    @Spec
    private @Nullable CommandSpec spec;

    /** How the reference is printed. */
    enum Form {
        TEXT,
        MARKDOWN,
        JSON
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        switch (form) {
            case TEXT -> AnnotationReference.entries().forEach(entry -> text(entry, out));
            case MARKDOWN -> out.print(AnnotationReference.markdown());
            case JSON -> json(AnnotationReference.entries(), out);
        }
        out.flush();
        return 0;
    }

    private static void text(AnnotationReference.Entry entry, PrintWriter out) {
        String own = entry.nativeName();
        String peer = entry.peerName();
        if (own != null) {
            out.println(own);
        }
        if (peer != null) {
            out.println((own == null ? "" : "  or ") + "vault.hashicorp.com/" + peer);
        }
        out.println("    " + entry.type() + (entry.fallback().isEmpty() ? "" : " (default: " + entry.fallback() + ")"));
        out.println("    " + entry.meaning());
    }

    private static void json(List<AnnotationReference.Entry> entries, PrintWriter out) throws IOException {
        JsonGenerator json = PodReader.JSON.createGenerator(out).useDefaultPrettyPrinter();
        json.writeStartArray();
        for (AnnotationReference.Entry entry : entries) {
            json.writeStartObject();
            json.writeStringField("name", entry.nativeName());
            json.writeStringField("peerName", entry.peerName());
            json.writeStringField("values", entry.type());
            json.writeStringField("default", entry.fallback());
            json.writeStringField("meaning", entry.meaning());
            json.writeStringField("theme", entry.annotation().theme().title());
            json.writeStringField("since", entry.annotation().since());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.flush();
        out.println();
    }
}
