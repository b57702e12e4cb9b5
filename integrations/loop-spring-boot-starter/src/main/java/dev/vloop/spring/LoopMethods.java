package dev.vloop.spring;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.util.ClassUtils;

/** Builds the loops of annotated methods. Its {@link #loop} is the factory method of the beans that {@link LoopMethodRegistrar} registers. */
final class LoopMethods {
    private static final System.Logger LOG = System.getLogger("dev.vloop.spring");

    private final ConfigurableListableBeanFactory beans;
    private final LoopRuntime runtime;
    private final LoopSettings settings;

    /** The bodies by the names of bean and method. */
    private final Map<String, BeanMethodBody> bodies = new ConcurrentHashMap<>();

    LoopMethods(ConfigurableListableBeanFactory beans, LoopRuntime runtime, LoopSettings settings) {
        this.beans = beans;
        this.runtime = runtime;
        this.settings = settings;
    }

    /**
     * {@return the annotated methods of a bean's class, its superclasses and interfaces} None if a method of it wants a class that is not
     * there, as those of some libraries do: such a bean may never be made.
     */
    static Map<Method, LoopMethod> find(Class<?> type) {
        Class<?> user = ClassUtils.getUserClass(type);
        if (user.getName().startsWith("org.springframework.")
                || !AnnotationUtils.isCandidateClass(user, LoopMethod.class)) {
            return Map.of();
        }
        MethodIntrospector.MetadataLookup<LoopMethod> lookup =
                method -> AnnotatedElementUtils.findMergedAnnotation(method, LoopMethod.class);
        try {
            return MethodIntrospector.selectMethods(user, lookup).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> Objects.requireNonNull(entry.getValue())));
        } catch (IllegalStateException | LinkageError e) {
            LOG.log(Level.DEBUG, "not searched for loop methods: " + user.getName(), e);
            return Map.of();
        }
    }

    /** {@return the name of a method's loop, with its placeholders} */
    static String nameOf(String bean, Method method, LoopMethod annotation) {
        return annotation.name().isBlank() ? bean + "-" + method.getName() : annotation.name();
    }

    /** Builds the loop of a method. Called by the bean factory. */
    Loop loop(String bean, String methodName) {
        Map<Method, LoopMethod> found = find(Objects.requireNonNull(beans.getType(bean)));
        Map.Entry<Method, LoopMethod> entry = found.entrySet().stream()
                .filter(candidate -> candidate.getKey().getName().equals(methodName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("bean '" + bean + "' has no loop method " + methodName));
        Method method = entry.getKey();
        LoopMethod annotation = entry.getValue();
        return told(bean, method, () -> {
            requireShape(method);
            String name = resolve(nameOf(bean, method, annotation));
            LoopBuilder builder = runtime.loop(name);
            new LoopMethodOptions(annotation, name, settings, this::resolve).applyTo(builder);
            BeanMethodBody body = new BeanMethodBody(beans, bean, method);
            bodies.put(key(bean, method), body);
            return builder.build(body);
        });
    }

    private String resolve(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? "" : resolved;
    }

    private static void requireShape(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw new IllegalArgumentException("the method is static: a loop calls a method of a bean");
        }
        if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
                || AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Async.class)) {
            throw new IllegalArgumentException(
                    "the method is @Async, so the loop would see neither its end nor its failures: leave @Async out, as each loop"
                            + " has a thread of its own");
        }
        if (method.getReturnType() != void.class) {
            throw new IllegalArgumentException("the method returns "
                    + method.getReturnType().getSimpleName() + ": let it return nothing, since nobody would see it");
        }
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 1 || (parameters.length == 1 && parameters[0] != Iteration.class)) {
            throw new IllegalArgumentException(
                    "the method must have no parameter, or one of type " + Iteration.class.getName());
        }
    }

    /** Looks up all methods on their beans, before the first loop starts. */
    void bind() {
        bodies.values().forEach(body -> told(body.beanName(), body.method(), body::bind));
        for (String name : beans.getSingletonNames()) {
            Object bean = beans.getSingleton(name);
            if (bean != null) {
                requireKnown(name, AopProxyUtils.ultimateTargetClass(bean));
            }
        }
    }

    /** A bean whose declared type does not show its methods was not seen when the loops were registered. */
    private void requireKnown(String name, Class<?> type) {
        for (Method method : find(type).keySet()) {
            if (!bodies.containsKey(key(name, method))) {
                throw new IllegalStateException(
                        describe(name, method) + ": the declared type of the bean hides this method; declare "
                                + type.getName() + " as the return type of its factory method");
            }
        }
    }

    private static <T> T told(String bean, Method method, Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            throw new IllegalStateException(describe(bean, method) + ": " + e.getMessage(), e);
        }
    }

    private static String key(String bean, Method method) {
        return bean + "." + method.getName();
    }

    /** {@return what messages call a method} */
    static String describe(String bean, Method method) {
        return "@LoopMethod on bean '" + bean + "', "
                + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(..)";
    }
}
