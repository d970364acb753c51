package io.purser.local.bench;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.TemplateContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parsing and rendering a template of 100 lines that reads 20 secrets, all of them at hand. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TemplateBenchmark {
    private String text;
    private Template template;
    private TemplateContext context;

    /** Reads the template and makes the secrets. */
    @Setup
    public void prepare() throws IOException {
        try (InputStream in = TemplateBenchmark.class.getResourceAsStream("hundred-lines.tmpl")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        template = Template.parse("hundred-lines.tmpl", text, TemplateOptions.DEFAULT);
        Map<String, Secret> secrets = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            JsonObject data = new JsonObject()
                    .add("user", "svc-" + i)
                    .add("password", "p@ss \"w0rd\" <" + i + ">")
                    .add("tls", i % 2 == 0)
                    .add("hosts", new JsonArray().add("a.example").add("b.example"));
            secrets.put("kv/app" + i, Secret.of(new JsonObject().add("data", data)));
        }
        context = new Fixed(secrets);
    }

    /** Text to tree. */
    @Benchmark
    public Template parse() {
        return Template.parse("hundred-lines.tmpl", text, TemplateOptions.DEFAULT);
    }

    /** Tree to bytes. */
    @Benchmark
    public byte[] render() {
        return template.renderBytes(context);
    }

    private record Fixed(Map<String, Secret> secrets) implements TemplateContext {
        @Override
        public Secret secret(SecretRequest request) {
            return secrets.get(request.path());
        }

        @Override
        public List<String> secrets(SecretRequest.ListPath request) {
            return List.of();
        }

        @Override
        public Secret certificate(SecretRequest.PkiCert request) {
            return secrets.get(request.path());
        }

        @Override
        public String file(String path) {
            return "";
        }

        @Override
        public String environment(String name) {
            return null;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }
    }
}
