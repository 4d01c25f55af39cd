/* dra-net.c: the forward pass of the network; the formulas are in dra-net-private.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-net-private.h"

#include <string.h>

#define H DRA_NET_HIDDEN

/* Where the compiler can choose when the program starts, the sums are taken eight at a time if
 * the processor has AVX2.  Each sum is the same sum in the same order either way, so that
 * results are, bit for bit.  (Sanitizers are not ready when that choice is made.) */
#if defined (__x86_64__) && defined (__GLIBC__) && defined (__GNUC__) && !defined (__clang__) && \
  !defined (__SANITIZE_ADDRESS__) && !defined (__SANITIZE_THREAD__)
#define BY_PROCESSOR __attribute__ ((target_clones ("avx2", "default")))
#else
#define BY_PROCESSOR
#endif

/* Eight floats anywhere; on narrower processors compilers make two or eight of one. */
typedef float Lanes __attribute__ ((vector_size (32), aligned (4), may_alias));

typedef gint8 Bytes __attribute__ ((vector_size (8)));

#define LANES 8
G_STATIC_ASSERT (H == 6 * LANES && DRA_MODEL_DIMENSIONS % LANES == 0);

/* dra_net_describe_word: puts the vector of a word into vector, which has room for
 * DRA_MODEL_DIMENSIONS, zeros when it has none; returns the number of its class of case. */
guint
dra_net_describe_word (const DraModel       *model,
                       const DraFeatureWord *word,
                       float                *vector)
{
  static const char classes[DRA_NET_CLASSES] = ".9SIDACHMmueap";
  const char *class = memchr (classes, word->case_class, sizeof classes);

  if (word->vector < 0)
    {
      memset (vector, 0, DRA_MODEL_DIMENSIONS * sizeof *vector);
    }
  else
    {
      const gint8 *from = model->vectors + (gsize) word->vector * DRA_MODEL_DIMENSIONS;

      for (guint i = 0; i < DRA_MODEL_DIMENSIONS; i += LANES)
        {
          Bytes bytes;

          memcpy (&bytes, from + i, sizeof bytes);
          *(Lanes *) (vector + i) = __builtin_convertvector (bytes, Lanes) * (1.0f / DRA_MODEL_UNIT);
        }
    }
  return class != NULL ? class - classes : 0;
}

static void
add (float       *restrict sum,
     const float *restrict values)
{
  for (guint j = 0; j < H; j++)
    sum[j] += values[j];
}

/* Adds n rows, each times its factor; the sums stay in registers meanwhile. */
BY_PROCESSOR static void
add_scaled (float       *restrict sum,
            const float (*restrict rows)[H],
            const float *restrict factors,
            guint        n)
{
  Lanes *out = (Lanes *) sum;
  Lanes a = out[0], b = out[1], c = out[2], d = out[3], e = out[4], f = out[5];

  for (guint i = 0; i < n; i++)
    {
      const Lanes *row = (const Lanes *) rows[i];
      float factor = factors[i];

      a += row[0] * factor;
      b += row[1] * factor;
      c += row[2] * factor;
      d += row[3] * factor;
      e += row[4] * factor;
      f += row[5] * factor;
    }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
  out[4] = e;
  out[5] = f;
}

/* dra_net_add_hidden: adds what dra_net_add_word() came to before. */
void
dra_net_add_hidden (const float *sum,
                    float       *hidden)
{
  add (hidden, sum);
}

/* dra_net_add_word: adds to the hidden units what a word is to them in a slot; vector: NULL
 * for zeros. */
void
dra_net_add_word (const DraNet *net,
                  guint         slot,
                  const float  *vector,
                  guint         class_number,
                  guint         bits,
                  float        *hidden)
{
  const float (*inputs)[H] = net->inputs[slot];

  if (vector != NULL)
    add_scaled (hidden, inputs, vector, DRA_MODEL_DIMENSIONS);
  inputs += DRA_MODEL_DIMENSIONS;
  add (hidden, inputs[class_number]);
  inputs += DRA_NET_CLASSES;
  for (guint b = 0; b < 8; b++)
    if ((bits >> b & 1) != 0)
      add (hidden, inputs[b]);
}

void
dra_net_add_context (const DraNet *net,
                     guint32       bits,
                     float        *hidden)
{
  for (; bits != 0; bits &= bits - 1)
    add (hidden, net->context[g_bit_nth_lsf (bits, -1)]);
}

/* dra_net_add_output: adds to the scores of DRA_MODEL_N_TAGS tags what the hidden units say. */
void
dra_net_add_output (const DraNet *net,
                    const float  *hidden,
                    float        *scores)
{
  float sum[DRA_NET_OUTPUTS] = { 0 };

  for (guint j = 0; j < H; j++)
    if (hidden[j] > 0)
      {
        const float *output = net->output[j];

        for (guint k = 0; k < DRA_NET_OUTPUTS; k++)
          sum[k] += hidden[j] * output[k];
      }
  for (guint k = 0; k < DRA_MODEL_N_TAGS; k++)
    scores[k] += sum[k];
}
