/* dra-net.c: the forward pass of the network; the formulas are in dra-net-private.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-net-private.h"

#include <string.h>

#define H DRA_NET_HIDDEN

/* dra_net_describe_word: puts the vector of a word into vector, which has room for
 * DRA_MODEL_DIMENSIONS, zeros when it has none; returns the number of its class of case. */
guint
dra_net_describe_word (const DraModel       *model,
                       const DraFeatureWord *word,
                       float                *vector)
{
  static const char classes[DRA_NET_CLASSES] = ".9SIDACHMmueap";
  const char *class = memchr (classes, word->case_class, sizeof classes);

  for (guint i = 0; i < DRA_MODEL_DIMENSIONS; i++)
    vector[i] = word->vector < 0
                  ? 0
                  : model->vectors[(gsize) word->vector * DRA_MODEL_DIMENSIONS + i] *
                      (1.0f / DRA_MODEL_UNIT);
  return class != NULL ? class - classes : 0;
}

/* The loops below are over whole vectors that nothing else points into, so that compilers
 * turn them into vector instructions at their usual settings. */
static inline void
add (float       *restrict sum,
     const float *restrict values)
{
  for (guint j = 0; j < H; j++)
    sum[j] += values[j];
}

static inline void
add_scaled (float       *restrict sum,
            const float *restrict values,
            float        factor)
{
  for (guint j = 0; j < H; j++)
    sum[j] += factor * values[j];
}

/* dra_net_add_hidden: adds what dra_net_add_word() came to before. */
void
dra_net_add_hidden (const float *sum,
                    float       *hidden)
{
  add (hidden, sum);
}

/* dra_net_add_word: adds to the hidden units what a word is to them in a slot. */
void
dra_net_add_word (const DraNet *net,
                  guint         slot,
                  const float  *vector,
                  guint         class_number,
                  guint         bits,
                  float        *hidden)
{
  const float (*inputs)[H] = net->inputs[slot];

  for (guint i = 0; i < DRA_MODEL_DIMENSIONS; i++)
    add_scaled (hidden, inputs[i], vector[i]);
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
